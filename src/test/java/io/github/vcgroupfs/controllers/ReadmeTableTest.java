package io.github.vcgroupfs.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Visibility;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The table of all files on the page files.md is made from the rows of {@link ControlFiles}. README
 * has a dozen of them, chosen by hand, which must be among the rows.
 */
class ReadmeTableTest {
  static final String REGENERATE =
      "mvn -Dvcgroupfs.quick -Dvcgroupfs.regenerate=true"
          + " -Dtest='ReadmeTableTest,ProfileGoldenTest' test";

  private static final Path PAGE = Path.of("src/site/markdown/files.md");
  private static final String BEGIN = "<!-- files -->\n";
  private static final String END = "<!-- /files -->";

  private static final Path README = Path.of("README.md");
  private static final String CHOSEN = "<!-- chosen files -->\n";
  private static final String END_CHOSEN = "<!-- /chosen files -->";
  private static final int DOZEN = 12;

  /** The name of a file, in the first cell of a line. */
  private static final Pattern CHOSEN_NAME = Pattern.compile("^\\| `([^`]+)` \\|");

  @Test
  void theTableIsThatOfTheRows() throws Exception {
    String page = Files.readString(PAGE);
    String table = table();
    if (Boolean.getBoolean("vcgroupfs.regenerate")) {
      String old = between(page, BEGIN, END);
      Files.writeString(PAGE, page.replace(BEGIN + old + END, BEGIN + table + END));
      page = Files.readString(PAGE);
    }
    assertThat(between(page, BEGIN, END))
        .as("the table of files in %s; make it anew with: %s", PAGE, REGENERATE)
        .isEqualTo(table);
  }

  @Test
  void theFilesThatTheReadmeNamesExist() throws Exception {
    List<String> chosen =
        between(Files.readString(README), CHOSEN, END_CHOSEN)
            .lines()
            .skip(2) // the head
            .map(
                line -> {
                  Matcher name = CHOSEN_NAME.matcher(line);
                  assertThat(name.find()).as("a file's name begins the line: %s", line).isTrue();
                  return name.group(1);
                })
            .toList();
    List<String> known = ControlFiles.all().stream().map(ControlFile::fullName).toList();
    assertThat(chosen).hasSizeGreaterThanOrEqualTo(DOZEN).doesNotHaveDuplicates();
    assertThat(known).as("every file there is").containsAll(chosen);
  }

  private static String between(String text, String begin, String end) {
    assertThat(text).as("the markers of the table").containsOnlyOnce(begin).containsOnlyOnce(end);
    return text.substring(text.indexOf(begin) + begin.length(), text.indexOf(end));
  }

  private static String table() {
    StringBuilder text = new StringBuilder();
    text.append("| file | where | mode | with `--strict` | profiles | fidelity | source |\n");
    text.append("| --- | --- | --- | --- | --- | --- | --- |\n");
    for (ControlFile row : ControlFiles.all()) {
      text.append(
          "| %s | %s | %s | %s | %s | %s | %s |\n"
              .formatted(
                  names(row),
                  where(row.visibility()),
                  modes(row, Profiles.all().stream().map(KernelProfile::relaxed)),
                  modes(row, Profiles.all().stream()),
                  profiles(row),
                  row.fidelity().name().toLowerCase(Locale.ROOT),
                  row.source()));
    }
    return text.toString();
  }

  private static String names(ControlFile row) {
    return row.alias() == null
        ? "`" + row.fullName() + "`"
        : "`" + row.fullName() + "`, in `lwn-2011` also `" + row.alias() + "`";
  }

  /** The modes of all profiles that have the file, the oldest first. */
  private static String modes(ControlFile row, Stream<KernelProfile> profiles) {
    String modes =
        profiles
            .filter(profile -> isIn(row, profile))
            .map(profile -> String.format(Locale.ROOT, "%04o", row.mode(profile)))
            .distinct()
            .collect(Collectors.joining(" or "));
    return modes.isEmpty() ? "absent" : modes;
  }

  /** All profiles that have the file, by the first and last of each unbroken row of them. */
  private static String profiles(ControlFile row) {
    List<KernelProfile> all = Profiles.all();
    List<String> spans = new ArrayList<>();
    for (int from = 0; from < all.size(); from++) {
      int to = from;
      while (to < all.size() && isIn(row, all.get(to).relaxed())) {
        to++;
      }
      if (to - from == all.size()) {
        return "all";
      }
      if (to > from) {
        String last = to == all.size() ? "on" : "to " + all.get(to - 1).id();
        spans.add(all.get(from).id() + (to - from == 1 ? "" : " " + last));
        from = to;
      }
    }
    return String.join(", ", spans);
  }

  private static boolean isIn(ControlFile row, KernelProfile profile) {
    return row.isIn(profile, true) || row.isIn(profile, false);
  }

  private static String where(Visibility visibility) {
    return switch (visibility) {
      case EVERYWHERE -> "all groups";
      case ROOT_ONLY -> "root";
      case NOT_ON_ROOT -> "all but the root";
    };
  }
}
