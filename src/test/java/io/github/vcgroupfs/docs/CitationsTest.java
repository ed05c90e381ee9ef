package io.github.vcgroupfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * style.md, citations: what the sources cite is in this repository, and exists. A citation is a
 * page and the name of one of its sections or rules, as in "kernel-facts.md, TCP charge".
 */
class CitationsTest {
  private static final Path PAGES = Path.of("src/site/markdown");

  private static final List<Path> ROOTS =
      Stream.of("src", "mount-scripts", ".ci", "README.md", "pom.xml").map(Path::of).toList();

  /** What a person writes: sources, pages, scripts (which have no ending), configuration. */
  private static final Pattern WRITTEN =
      Pattern.compile(".*\\.(java|md|sh|py|ya?ml|xml|properties)|[^.]+|.*\\.vcgroupfs");

  /** How documents that are not here used to be cited: by a number or by the name of a file. */
  private static final Pattern OUTSIDE =
      Pattern.compile(
          String.join(
              "|",
              "(?i:\\bproduct(?:'s)? (?:rulings?|sections?|contract)\\b)",
              "(?i:\\brulings? \\d)",
              "(?i:\\bspec(?:ification)?,? (?:section )?\\d)",
              "(?i:\\bthe\\s+specification\\b)",
              "§\\s*\\d",
              "(?<!\\.rst\\}? )(?<!RFC \\d{3,4} )(?i:\\bsections? \\d)",
              "(?i:\\bstyle anchors?\\b)",
              // the number of a rule, of an example, of a kernel
              "(?<![\\w.<&%+-])[STBEP]\\d{1,2}[ab]?(?=[:,.)]|\\s+(?:and|to|in|of)\\b)",
              "\\b(?:product|clients|kernel-semantics|jnr-fuse-notes|house-review|style-anchors)\\.md",
              "(?<!\\w)shared/"));

  private static final Pattern CITATION = Pattern.compile("([\\w-]+\\.md),\\s+([^\\s].{0,80})");

  /** A section of a page, or a rule in a list of rules. */
  private static final Pattern NAME =
      Pattern.compile("^(?:#+ (.+)|- \\*\\*(.+?)\\*\\*.*)$", Pattern.MULTILINE);

  /** A class of tests, as pages name it. */
  private static final Pattern NAMED_TEST =
      Pattern.compile("`(\\w+(?:Test|IT|Suite|Properties|Extension))`");

  @Test
  void nothingOutsideTheRepositoryIsCited() {
    List<String> found = new ArrayList<>();
    for (Path file : filesButThisOne()) {
      String text = flat(read(file));
      Matcher outside = OUTSIDE.matcher(text);
      while (outside.find()) {
        found.add(file + ": " + around(text, outside.start()));
      }
    }
    assertThat(found)
        .as("say the fact itself, or cite a page of src/site/markdown by a section's name")
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "only in the article (product ruling 2)",
        "the product's rulings for lwn-2011",
        "what section 4 of the product says",
        "Ruling 5: the group's own",
        "sk_mem_uncharge, spec 4.10. The",
        "of the specification",
        "(§2.7)",
        "Directories: section 5.1 ---",
        "Style anchors",
        "/** S22: what",
        "T4: random",
        "those with sockets (E4, E5)",
        "P3 to P6",
        "clients.md",
        "../shared/referee"
      })
  void aReferenceToAnOutsideDocumentIsFound(String text) {
    assertThat(OUTSIDE.matcher(text).find()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{@code Documentation/filesystems/proc.rst} section 3.5",
        "no logic of the product lives here",
        "rulings.md, injected usage",
        "with suffixes T, P, E",
        "FlowSpec spec, int x",
        "a shared map; /usr/share/x",
        "by ruling (the article)",
        "<T1, T2>"
      })
  void otherTextIsNot(String text) {
    assertThat(OUTSIDE.matcher(text).find()).isFalse();
  }

  @Test
  void everyCitationNamesAPageAndASectionOfIt() {
    TreeMap<String, Set<String>> names = new TreeMap<>();
    Set<String> cited = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    for (Path file : filesButThisOne()) {
      Matcher citation = CITATION.matcher(flat(read(file)));
      int from = 0;
      while (citation.find(from)) {
        from = citation.end(1);
        String page = citation.group(1);
        cited.add(page);
        if (!isOneOf(names.computeIfAbsent(page, CitationsTest::names), citation.group(2))) {
          wrong.add(file + ": " + citation.group());
        }
      }
    }
    assertThat(cited).contains("rulings.md", "kernel-facts.md", "style.md");
    assertThat(wrong).as("citations that lead nowhere").isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TCP charge). It is | true",
        "tcp charge | true",
        "features, not names. */ | true",
        "TCP charges | false",
        "features | false",
        "something else | false"
      })
  void aCitationIsHeldAgainstTheNames(String text, boolean known) {
    assertThat(isOneOf(Set.of("TCP charge", "features, not names"), text)).isEqualTo(known);
  }

  @Test
  void testsThatPagesNameExist() {
    Set<String> known =
        files().stream()
            .map(file -> file.getFileName().toString().replaceFirst("\\.java$", ""))
            .collect(Collectors.toSet());
    List<String> missing = new ArrayList<>();
    for (String page : List.of("rulings.md", "kernel-facts.md", "style.md", "CONTRIBUTING.md")) {
      Matcher test = NAMED_TEST.matcher(read(PAGES.resolve(page)));
      int found = 0;
      for (; test.find(); found++) {
        if (!known.contains(test.group(1))) {
          missing.add(page + ": " + test.group(1));
        }
      }
      assertThat(found).as("tests named in %s", page).isPositive();
    }
    assertThat(missing).isEmpty();
  }

  /** The names of a page; none if there is no such page. */
  private static Set<String> names(String page) {
    Path file = Files.exists(PAGES.resolve(page)) ? PAGES.resolve(page) : Path.of(page);
    if (!Files.exists(file)) {
      return Set.of();
    }
    return NAME.matcher(read(file))
        .results()
        .map(name -> name.group(1) != null ? name.group(1) : name.group(2))
        .collect(Collectors.toSet());
  }

  /** Whether text begins with one of the names, as whole words. */
  private static boolean isOneOf(Set<String> names, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return names.stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(name -> lower.matches("\\Q" + name + "\\E(?![\\w-]).*"));
  }

  /** Text without its line ends, nor what comments and string literals have around them. */
  private static String flat(String text) {
    return text.replaceAll("\"\\s*\\+\\s*\"", "")
        .replaceAll("\\s*\\n\\s*(?:\\*(?!/)|//|#)?\\s*", " ");
  }

  private static String around(String text, int at) {
    return "…" + text.substring(Math.max(0, at - 30), Math.min(text.length(), at + 50)) + "…";
  }

  /** This file has examples of what is wrong. */
  private static List<Path> filesButThisOne() {
    return files().stream().filter(file -> !file.endsWith("CitationsTest.java")).toList();
  }

  private static List<Path> files() {
    List<Path> all = new ArrayList<>();
    for (Path root : ROOTS) {
      try (Stream<Path> walk = Files.walk(root)) {
        walk.filter(Files::isRegularFile)
            .filter(file -> WRITTEN.matcher(file.getFileName().toString()).matches())
            .forEach(all::add);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    assertThat(all).as("files found, or the tests say nothing").hasSizeGreaterThan(100);
    return all;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
