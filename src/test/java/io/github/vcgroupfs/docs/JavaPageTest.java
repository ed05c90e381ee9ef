package io.github.vcgroupfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.junit.VirtualCgroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the pages show of Java is a piece of the project in {@code src/it/consumer}, which is
 * compiled and tested with the library as it is installed.
 */
class JavaPageTest {
  private static final Path README = Path.of("README.md");
  private static final Path PAGE = Path.of("src/site/markdown/java.md");
  private static final Path SIMULATE = Path.of("src/site/markdown/simulate.md");
  private static final Path CONSUMER = Path.of("src/it/consumer");

  /** Its failure, as the project's own test has seen it. */
  private static final Path FAILURE = CONSUMER.resolve("src/test/resources/first-failure.txt");

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

  /** A line that stands for what a block leaves out. */
  private static final Pattern LEFT_OUT = Pattern.compile("(?://|<!--)? ?…(?: -->)?");

  private static final Pattern COORDINATES = Pattern.compile("\"([\\w.]+):([\\w.-]+):([\\w.-]+)\"");

  static Stream<String> javaBlocks() throws IOException {
    assertThat(blocks(README, "java")).as("blocks of README").isNotEmpty();
    assertThat(blocks(PAGE, "java")).as("blocks of the page").hasSizeGreaterThan(5);
    return Stream.of(README, PAGE).flatMap(page -> blocks(page, "java").stream());
  }

  @ParameterizedTest
  @MethodSource("javaBlocks")
  void aBlockOfJavaIsInASourceOfTheConsumer(String block) throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(CONSUMER)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        sources.add(Files.readString(file));
      }
    }
    assertThat(sources).as("sources that have\n%s", block).anyMatch(text -> has(text, block));
  }

  @Test
  void theDependenciesOfMavenAreThoseOfTheConsumer() throws IOException {
    String pom =
        Files.readString(CONSUMER.resolve("pom.xml"))
            .replace("@project.version@", ReleaseNamesTest.released())
            .replace("@junit.version@", property("junit.version"));
    List<String> blocks = blocks(PAGE, "xml");
    assertThat(blocks).isNotEmpty().allMatch(block -> has(pom, block));
  }

  @Test
  void theDependenciesOfGradleAreTheSame() throws IOException {
    String blocks = String.join("", blocks(PAGE, "kotlin"));
    List<String> found = COORDINATES.matcher(blocks).results().map(MatchResult::group).toList();
    assertThat(found)
        .contains(
            "\"io.github.vcgroupfs:vcgroupfs:%s\"".formatted(ReleaseNamesTest.released()),
            "\"org.junit.jupiter:junit-jupiter:%s\"".formatted(property("junit.version")));
  }

  @Test
  void theFailureIsTheOneThatTheConsumerSees() throws IOException {
    String failure = Files.readString(FAILURE);
    assertThat(blocks(PAGE, "text")).isNotEmpty().allMatch(block -> has(failure, block));
  }

  @Test
  void theSettingsOfJUnitAreThoseOfTheConsumer() throws IOException {
    String settings =
        Files.readString(CONSUMER.resolve("src/test/resources/junit-platform.properties"));
    assertThat(blocks(PAGE, "properties")).isNotEmpty().allMatch(block -> has(settings, block));
  }

  @Test
  void everyAttributeOfTheAnnotationIsInTheTable() throws IOException {
    String page = Files.readString(PAGE);
    Method[] attributes = VirtualCgroup.class.getDeclaredMethods();
    assertThat(attributes).hasSizeGreaterThan(5);
    assertThat(attributes)
        .allMatch(
            attribute ->
                page.lines()
                    .anyMatch(line -> line.startsWith("| `") && line.contains(quoted(attribute))));
  }

  private static String quoted(Method attribute) {
    return "`" + attribute.getName() + "`";
  }

  /** The consumer expects them of the file system in the JVM, and the page of simulate has them. */
  @Test
  void theNumbersOfTheStoryAreThoseOfSimulate() throws IOException {
    String test =
        Files.readString(CONSUMER.resolve("src/test/java/com/example/limits/ArticleTest.java"));
    List<String> rows =
        test.lines().map(String::strip).filter(line -> line.startsWith("| ")).toList();
    assertThat(rows).hasSize(4);
    assertThat(Files.readString(SIMULATE).lines()).containsAll(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a;\n  b;\n\nc;\n' | 'a;\nb;\n'     | true",
        "'a;\n  b;\n\nc;\n' | 'b;\nc;\n'     | true",
        "'a;\nb;\nc;\n'     | 'a;\nc;\n'     | false",
        "'a;\nb;\nc;\n'     | 'a;\n// …\nc;' | true",
        "'a;\nb;\nc;\n'     | 'c;\n// …\na;' | false",
        "'a; // why\n'      | 'a;\n'         | false"
      })
  void aBlockIsFoundLineByLine(String text, String block, boolean isThere) {
    assertThat(has(text, block)).isEqualTo(isThere);
  }

  /** Whether text has the lines of a block one after the other; blanks and empty lines apart. */
  private static boolean has(String text, String block) {
    List<String> lines = lines(text);
    int at = 0;
    for (List<String> part : parts(lines(block))) {
      int found = find(lines, part, at);
      if (found < 0) {
        return false;
      }
      at = found + part.size();
    }
    return true;
  }

  private static int find(List<String> lines, List<String> part, int from) {
    for (int at = from; at + part.size() <= lines.size(); at++) {
      if (lines.subList(at, at + part.size()).equals(part)) {
        return at;
      }
    }
    return -1;
  }

  /** The lines between those that stand for something left out. */
  private static List<List<String>> parts(List<String> lines) {
    List<List<String>> parts = new ArrayList<>();
    parts.add(new ArrayList<>());
    for (String line : lines) {
      if (LEFT_OUT.matcher(line).matches()) {
        parts.add(new ArrayList<>());
      } else {
        parts.get(parts.size() - 1).add(line);
      }
    }
    return parts;
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static List<String> blocks(Path page, String language) {
    try {
      return BLOCK
          .matcher(Files.readString(page))
          .results()
          .filter(block -> block.group(1).equals(language))
          .map(block -> block.group(2))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The first element of that name in our own POM. */
  private static String property(String name) throws IOException {
    return Pattern.compile("<%s>(.*?)</".formatted(Pattern.quote(name)))
        .matcher(Files.readString(Path.of("pom.xml")))
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }
}
