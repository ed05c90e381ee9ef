package io.github.vcgroupfs.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** House rules that only the source text shows. */
class SourceRulesTest {
  private static final Path PROFILES_PAGE = Path.of("src/site/markdown/profiles.md");
  private static final String UNVERIFIED = "UNVERIFIED";

  /** The value that stands on the line, its reason, and the word. */
  private static final Pattern ROW =
      Pattern.compile("^[ \\t]*([^/\\n]*?),?[ \\t]*//\\s*UNVERIFIED\\b.*$", Pattern.MULTILINE);

  /** style.md, features, not names. */
  private static final Pattern COMPARES_ID =
      Pattern.compile(
          "rofile(\\(\\))?\\.id\\(\\)\\s*\\.(equals|startsWith|endsWith|contains|compareTo|matches)"
              + "|equals\\([^;]*rofile(\\(\\))?\\.id\\(\\)"
              + "|switch \\([^;{]*rofile(\\(\\))?\\.id\\(\\)");

  @Test
  void noCodeComparesTheIdsOfProfiles() {
    assertThat(COMPARES_ID.matcher("if (tree.profile().id().equals(x))").find()).isTrue();
    assertThat(COMPARES_ID.matcher("\"%s\".formatted(profile.id())").find()).isFalse();
    List<String> wrong = new ArrayList<>();
    SourceLiterals.texts()
        .forEach(
            (file, text) -> {
              if (COMPARES_ID.matcher(text).find() && !file.endsWith("Profiles.java")) {
                wrong.add(file.toString());
              }
            });
    assertThat(wrong).isEmpty();
  }

  @Test
  void literalsAreFoundAndCommentsAreNot() {
    String source =
        "a(\"one\"); // \"two\"\n/* \"three\" */ b('\"', \"fo\\\"ur\"); c(\"\"\"\n  five\"\"\");\n";
    assertThat(SourceLiterals.literals(source)).containsExactly("one", "fo\\\"ur", "\n  five");
  }

  /**
   * style.md, unverified values: a value of a profile that no source settles is on the profiles
   * page, with the value itself.
   */
  @Test
  void unverifiedValuesOfTheProfilesAreListed() throws Exception {
    String profiles = textsOf(".*/kernel/[A-Za-z]*Profiles\\.java");
    String page = Files.readString(PROFILES_PAGE);
    String list = page.substring(page.indexOf("## " + UNVERIFIED));
    List<String> values = new ArrayList<>();
    Matcher row = ROW.matcher(profiles);
    while (row.find()) {
      values.add(row.group(1).trim().replaceAll("[);,]+$", ""));
    }
    int marks = profiles.split("//\\s*" + UNVERIFIED, -1).length - 1;
    assertThat(values).as("every marked line has its value on it").hasSize(marks).isNotEmpty();
    for (String value : values) {
      assertThat(list).as("the list of %s, for the value %s", PROFILES_PAGE, value).contains(value);
    }
  }

  /**
   * style.md, unverified values, for rules: every mark in the sources has an item in the list of
   * the page.
   */
  @Test
  void theListHasAnItemForEveryMark() throws Exception {
    String page = Files.readString(PROFILES_PAGE);
    String list = page.substring(page.indexOf("## " + UNVERIFIED));
    long items = list.lines().filter(line -> line.startsWith("- ")).count();
    long marks = 0;
    for (String text : SourceLiterals.texts().values()) {
      // a mark is followed by what it marks; elsewhere the word is only spoken of
      marks += Pattern.compile(UNVERIFIED + "( for|:)").matcher(text).results().count();
    }
    assertThat(items).as("items of the list, for the marks in src/main").isEqualTo(marks);
  }

  /**
   * style.md, no default: a switch answers for every constant, so that a new one makes the compiler
   * complain. Only the rooms that read texts and numbers of strangers have switches over those.
   */
  @Test
  void noSwitchOverRulesHasADefault() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<Path, String> each : SourceLiterals.texts().entrySet()) {
      boolean readsStrangers =
          each.getKey()
              .toString()
              .matches(".*/vcgroupfs/(cli|command|fixture|fuse|nio|os|traffic|vfs)/.*");
      if (!readsStrangers
          && Pattern.compile("^\\s*default\\s*(->|:)", Pattern.MULTILINE)
              .matcher(each.getValue())
              .find()) {
        wrong.add(each.getKey().toString());
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** style.md, no managers; but a subclass of java.util.logging's may say what it is. */
  @Test
  void noTypeIsAManager() {
    assertThat(SourceLiterals.texts())
        .noneSatisfy(
            (file, text) -> {
              assertThat(file.toString()).contains("Manager");
              assertThat(text).doesNotContain(" extends LogManager ");
            });
  }

  /** The sources whose path matches, one after the other. */
  private static String textsOf(String path) {
    return SourceLiterals.texts().entrySet().stream()
        .filter(each -> each.getKey().toString().matches(path))
        .map(Map.Entry::getValue)
        .collect(Collectors.joining());
  }
}
