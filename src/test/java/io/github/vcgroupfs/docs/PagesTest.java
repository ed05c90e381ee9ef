package io.github.vcgroupfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** style.md, readable pages: README and the pages, as far as a machine can see it. */
class PagesTest {
  private static final Path README = Path.of("README.md");
  private static final Path PAGES = Path.of("src/site/markdown");
  private static final Path WORDS = PAGES.resolve("words.md");

  private static final Path SITE = Path.of("src/site/site.xml");

  private static final Path MAP = PAGES.resolve("architecture.md");
  private static final Path SOURCES = Path.of("src/main/java/io/github/vcgroupfs");

  private static final int MAX_COLUMNS = 120;
  private static final int LINES_OF_A_WORD = 3;

  /** Their lines are a list of changes, or made by a program. */
  private static final Set<String> NOT_PROSE =
      Set.of("CHANGELOG.md", "profile-differences.md", "tcp-differences.md", "traffic-measured.md");

  /** Of a link, the file and the heading in it; not those into the web. */
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");

  private static final Pattern CODE =
      Pattern.compile("^```.*?^```", Pattern.DOTALL | Pattern.MULTILINE);

  /** Numbers that a test has put there. */
  private static final Pattern GENERATED =
      Pattern.compile("<!-- run .*?<!-- /run -->", Pattern.DOTALL);

  /** A line of the table of packages: the package, what it is, its first classes. */
  private static final Pattern ROOM =
      Pattern.compile("^\\| `([a-z.]+)` \\| [^|]+ \\| (.+) \\|$", Pattern.MULTILINE);

  private static final Pattern QUOTED = Pattern.compile("`(\\w+)`");

  /** A page in a menu of the site. */
  private static final Pattern ITEM = Pattern.compile("<item name=\"[^\"]+\" href=\"([^\"]+)\"");

  /** Of the menus: what is made by other tools, or leads elsewhere. */
  private static final Pattern NO_PAGE = Pattern.compile("#.*|\\$\\{.*|apidocs/.*|index\\.html");

  private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
  private static final Pattern WORD =
      Pattern.compile("^### (.*)\\n\\n((?:.+\\n)+)", Pattern.MULTILINE);

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(PAGES)) {
      List<Path> pages = files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
      assertThat(pages).as("pages found, or the tests say nothing").hasSizeGreaterThan(20);
      return Stream.concat(Stream.of(README), pages.stream());
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Path page) throws IOException {
    List<String> dead = new ArrayList<>();
    Matcher link = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
    while (link.find()) {
      Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)).normalize();
      if (!Files.exists(target)
          || (link.group(2) != null && !anchors(target).contains(link.group(2)))) {
        dead.add(link.group());
      }
    }
    assertThat(dead).as("links of %s", page).isEmpty();
  }

  /** In README all lines, since it is read as a text, too; elsewhere tables may be wide. */
  @ParameterizedTest
  @MethodSource("pages")
  void linesAreShort(Path page) throws IOException {
    if (NOT_PROSE.contains(page.getFileName().toString())) {
      return;
    }
    String text = Files.readString(page);
    String prose =
        page.equals(README)
            ? text
            : CODE.matcher(GENERATED.matcher(text).replaceAll("")).replaceAll("");
    assertThat(prose.lines())
        .filteredOn(line -> page.equals(README) || !line.startsWith("|"))
        .filteredOn(line -> line.codePointCount(0, line.length()) > MAX_COLUMNS)
        .as("lines of %s above %d columns", page, MAX_COLUMNS)
        .isEmpty();
  }

  @Test
  void everyPageIsInAMenuOfTheSite() throws IOException {
    List<String> items =
        ITEM.matcher(Files.readString(SITE))
            .results()
            .map(item -> item.group(1))
            .filter(item -> !NO_PAGE.matcher(item).matches())
            .map(item -> item.replaceAll("\\.html(#.*)?$", ".md"))
            .sorted()
            .toList();
    // the list of decisions is a part of a page that has an item of its own
    List<String> pages =
        Stream.concat(
                Stream.of(MAP.getFileName().toString()),
                pages().filter(page -> !page.equals(README)).map(this::inSite))
            .sorted()
            .toList();
    assertThat(items).as("pages in the menus of %s", SITE).isEqualTo(pages);
  }

  private String inSite(Path page) {
    return PAGES.relativize(page).toString();
  }

  @Test
  void aWordIsExplainedInThreeLines() throws IOException {
    String text = Files.readString(WORDS);
    Matcher word = WORD.matcher(text);
    int found = 0;
    for (; word.find(); found++) {
      assertThat(word.group(2).lines().count())
          .as("lines about \"%s\"", word.group(1))
          .isBetween(1L, (long) LINES_OF_A_WORD);
    }
    assertThat(found).isEqualTo(text.split("\n### ", -1).length - 1);
  }

  @Test
  void theMapHasEveryPackageAndItsFirstClasses() throws IOException {
    Set<String> mapped = new TreeSet<>();
    List<String> missing = new ArrayList<>();
    Matcher room = ROOM.matcher(Files.readString(MAP));
    while (room.find()) {
      mapped.add(room.group(1));
      Path folder = SOURCES.resolve(room.group(1).replace('.', '/'));
      Matcher first = QUOTED.matcher(room.group(2));
      while (first.find()) {
        if (!Files.exists(folder.resolve(first.group(1) + ".java"))) {
          missing.add(room.group(1) + "." + first.group(1));
        }
      }
    }
    assertThat(missing).as("classes that %s names", MAP).isEmpty();
    assertThat(mapped).as("packages that %s names", MAP).isEqualTo(packages());
  }

  /** By their names below the base package. */
  private static Set<String> packages() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.endsWith("package-info.java"))
          .map(file -> SOURCES.relativize(file.getParent()).toString().replace('/', '.'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Two minutes | two-minutes",
        "Events (`cgroup.event_control`) | events-cgroupevent_control",
        "Map: seven stops | map-seven-stops"
      })
  void anAnchorIsMadeAsOnGitHub(String heading, String anchor) {
    assertThat(anchor(heading)).isEqualTo(anchor);
  }

  private static Set<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(CODE.matcher(Files.readString(page)).replaceAll(""))
        .results()
        .map(heading -> anchor(heading.group(1)))
        .collect(Collectors.toSet());
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
  }
}
