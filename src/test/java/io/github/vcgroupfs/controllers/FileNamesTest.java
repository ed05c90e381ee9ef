package io.github.vcgroupfs.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.architecture.SourceLiterals;
import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** style.md, one row: a control file is a row, and its name stands in that row and nowhere else. */
class FileNamesTest {
  private static List<ControlFile> rows() {
    return ControlFiles.all();
  }

  /**
   * style.md, one row: the name in the row is the one literal. The name in the directory (with the
   * prefix) and the second name are literals nowhere; a bare word such as "stat" may mean something
   * else elsewhere.
   */
  @Test
  void eachControlFileNameIsAStringLiteralExactlyOnce() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (ControlFile row : rows()) {
      List<String> places = new ArrayList<>();
      for (String name : names(row)) {
        for (String file : SourceLiterals.filesWith(name)) {
          boolean bare = name.equals(row.name()) && !name.equals(row.fullName());
          if (!bare || (isOfFiles(file) && !isTableOfAnother(row, file))) {
            places.add(name + " in " + file);
          }
        }
      }
      if (places.size() != 1) {
        wrong.add(row.fullName() + ": " + places);
      }
    }
    assertThat(wrong).as("names that are no literal, or more than one").isEmpty();
  }

  /** style.md, no switch on names: nobody decides by a file's name. */
  @Test
  void thereIsNoSwitchOnAFileName() throws Exception {
    for (ControlFile row : rows()) {
      for (String name : names(row)) {
        assertThat(SourceLiterals.filesWithCode("case \"" + name + "\"")).isEmpty();
        assertThat(SourceLiterals.filesWithCode("equals(\"" + name + "\")")).isEmpty();
      }
    }
    assertThat(SourceLiterals.filesWithCode("case \"")).noneMatch(FileNamesTest::isOfFiles);
  }

  /** Where files are what the code is about, so that a bare name can mean nothing else. */
  private static boolean isOfFiles(String source) {
    return source.contains("/vcgroupfs/cgroupfs/")
        || source.contains("/files/")
        || source.endsWith("Files.java"); // the table of a controller
  }

  /**
   * Two controllers may have a bare name in common, as memory and hugetlb have "failcnt". Then each
   * has a row with it. In the table of one that has none, the name is no row, and wrong.
   */
  private static boolean isTableOfAnother(ControlFile row, String source) {
    return Controllers.ALL.stream()
        .filter(kind -> !kind.name().equals(row.owner().name()))
        .filter(kind -> kind.files().stream().anyMatch(other -> other.name().equals(row.name())))
        .anyMatch(kind -> source.endsWith("/" + table(kind.name())));
  }

  /** The class with the rows of a controller: {@code NetClsFiles.java} for {@code net_cls}. */
  private static String table(String controller) {
    String name =
        Stream.of(controller.split("_", -1))
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
    return name + "Files.java";
  }

  private static Set<String> names(ControlFile row) {
    Set<String> names = new TreeSet<>(List.of(row.name(), row.fullName()));
    if (row.alias() != null) {
      names.add(row.alias());
    }
    return names;
  }
}
