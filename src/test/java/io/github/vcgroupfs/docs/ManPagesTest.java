package io.github.vcgroupfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cli.CommandTree;
import io.github.vcgroupfs.manual.Manual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Man pages: what they say is what picocli reads. What man and mandoc say of them is a test of
 * artefacts.
 */
class ManPagesTest {
  private static final Path SOURCES = Path.of("src/manual");
  private static final Path HELPER = Path.of("mount-scripts/mount.fuse.vcgroupfs");
  private static final String HELPER_PAGE = "man/mount.fuse.vcgroupfs.8";
  private static final Instant TIME = Instant.parse("2026-01-31T23:59:59Z");

  /** A terminal of 80 columns, less the margin of man. */
  private static final int EXAMPLE_COLUMNS = 73;

  private static final Pattern EXAMPLES =
      Pattern.compile("^\\.EX\\n(.*?)^\\.EE$", Pattern.DOTALL | Pattern.MULTILINE);

  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|[^\\s'])+");

  private static final CommandLine PROGRAM = CommandTree.whole();
  private static final Map<String, String> FILES = files();

  private static Map<String, String> files() {
    try {
      return new Manual(SOURCES, "1.2.3", TIME).files();
    } catch (IOException gone) {
      throw new AssertionError(gone);
    }
  }

  /** The pages, as one would read them, by the names of their files. */
  private static Map<String, String> pages() {
    Map<String, String> pages = new TreeMap<>();
    FILES.forEach(
        (name, text) -> {
          if (name.startsWith("man/")) {
            pages.put(name, plain(text));
          }
        });
    return pages;
  }

  private static String plain(String roff) {
    return roff.replaceAll("\\\\f[BIR]", "")
        .replace("\\-", "-")
        .replace("\\(aq", "'")
        .replace("\\(ga", "`")
        .replace("\\(ti", "~")
        .replace("\\(ha", "^")
        .replace("\\&", "")
        .replace("\\e", "\\");
  }

  private static String page(String command) {
    return pages().get("man/vcgroupfs-" + command + ".1");
  }

  private static List<OptionSpec> shown(CommandLine command) {
    return command.getCommandSpec().options().stream().filter(each -> !each.hidden()).toList();
  }

  @Test
  void everyCommandHasAPageAndEveryPageACommand() throws IOException {
    Set<String> expected =
        PROGRAM.getSubcommands().keySet().stream()
            .map(name -> "man/vcgroupfs-" + name + ".1")
            .collect(Collectors.toCollection(TreeSet::new));
    expected.addAll(List.of("man/vcgroupfs.1", HELPER_PAGE));
    assertThat(pages().keySet()).isEqualTo(expected);
    try (Stream<Path> sources = Files.list(SOURCES.resolve("man"))) {
      assertThat(sources.map(file -> "man/" + file.getFileName())).hasSameElementsAs(expected);
    }
    PROGRAM
        .getSubcommands()
        .keySet()
        .forEach(name -> assertThat(pages().get("man/vcgroupfs.1")).contains("-" + name + "(1)"));
  }

  @Test
  void aPageHasEveryOptionAndArgumentAndNothingThatIsHidden() {
    PROGRAM
        .getSubcommands()
        .forEach(
            (name, command) -> {
              String page = page(name);
              for (OptionSpec each : command.getCommandSpec().options()) {
                String head = "\n" + String.join(", ", each.names());
                String value = each.arity().max() == 0 ? "\n" : each.arity().max() == 1 ? "=" : " ";
                if (each.hidden()) {
                  assertThat(page).doesNotContain(each.longestName());
                } else {
                  assertThat(page).as(name).contains(".TP" + head + value);
                  assertThat(oneLine(page)).as(name).contains(oneLine(each.description()));
                }
              }
              command
                  .getCommandSpec()
                  .positionalParameters()
                  .forEach(
                      each -> {
                        assertThat(page).as(name).contains(".TP\n" + each.paramLabel() + "\n");
                        assertThat(oneLine(page)).as(name).contains(oneLine(each.description()));
                      });
            });
  }

  private static String oneLine(String... lines) {
    return String.join(" ", lines)
        .replace("%n", " ")
        .replace("%%", "%")
        .replace("…", "...")
        .replaceAll("\\s+", " ")
        .strip();
  }

  @Test
  void aPageHasWhatPagesHave() {
    pages()
        .forEach(
            (name, page) -> {
              assertThat(page)
                  .as(name)
                  .startsWith(".TH ")
                  .contains("\"2026-01-31\" \"vcgroupfs 1.2.3\"");
              assertThat(page)
                  .as(name)
                  .contains(
                      "\n.SH NAME\n",
                      "\n.SH SYNOPSIS\n",
                      "\n.SH DESCRIPTION\n",
                      "\n.SH OPTIONS\n",
                      "\n.SH EXIT STATUS\n",
                      "\n.SH EXAMPLES\n",
                      "\n.SH SEE ALSO\n");
              assertThat(page).as(name).doesNotContainPattern("@[A-Z]+@");
              Matcher other =
                  Pattern.compile("\\b(vcgroupfs-\\w+)\\(1\\)")
                      .matcher(page.replace(" (1)", "(1)"));
              while (other.find()) {
                assertThat(pages())
                    .as("%s names it", name)
                    .containsKey("man/" + other.group(1) + ".1");
              }
            });
  }

  /**
   * The commands of all examples of a page, a line continued by a backslash or a pipe being one.
   */
  private static List<String> examples(String page) {
    List<String> commands = new ArrayList<>();
    Matcher block = EXAMPLES.matcher(page);
    while (block.find()) {
      assertThat(block.group(1).lines())
          .allMatch(line -> line.length() <= EXAMPLE_COLUMNS, "at most " + EXAMPLE_COLUMNS);
      String whole = block.group(1).replaceAll("\\\\\n\\s+", "").replaceAll("\\|\n\\s+", "| ");
      whole
          .lines()
          .flatMap(line -> Arrays.stream(line.split(" \\| | > ")))
          .filter(each -> each.startsWith("vcgroupfs "))
          .forEach(commands::add);
    }
    return commands;
  }

  private static List<String> words(String command) {
    return WORD.matcher(command)
        .results()
        .map(each -> each.group().replace("'", ""))
        .skip(1)
        .toList();
  }

  @Test
  void everyExampleIsReadWithoutAComplaint() {
    pages()
        .forEach(
            (name, page) -> {
              List<String> examples = examples(page);
              if (!name.equals(HELPER_PAGE)) {
                assertThat(examples).as(name).isNotEmpty();
              }
              examples.stream()
                  .filter(each -> !each.contains(" fuse."))
                  .forEach(ManPagesTest::read);
            });
  }

  private static void read(String example) {
    List<String> words = words(example);
    CommandTree.whole().parseArgs(words.toArray(String[]::new));
    CommandLine command = PROGRAM.getSubcommands().get(words.get(0));
    Map<String, Set<String>> known = new TreeMap<>();
    Stream.concat(shown(command).stream(), shown(PROGRAM.getSubcommands().get("mount")).stream())
        .forEach(each -> known.put(each.longestName(), Set.copyOf(CommandTree.words(each))));
    for (int i = 1; i < words.size() && !words.get(i).equals("--"); i++) {
      if (words.get(i).startsWith("-")) {
        assertThat(known).as(example).containsKey(words.get(i));
        if (!known.get(words.get(i)).isEmpty()) {
          assertThat(words.get(i + 1).split("[,+]"))
              .as(example)
              .isSubsetOf(known.get(words.get(i)));
        }
      }
    }
  }

  /** The options that the script takes for {@code vcgroupfs mount} are those that its page has. */
  @Test
  void thePageOfTheMountHelperHasItsOptions() throws IOException {
    String script = Files.readString(HELPER);
    Matcher cases =
        Pattern.compile("(?m)^    ((?:[a-z_-]+=\\*(?: \\| (?:\\\\\\n +)?)?)+)\\)").matcher(script);
    assertThat(cases.find()).isTrue();
    String page = pages().get(HELPER_PAGE).replace("= ", "=");
    Map<String, OptionSpec> options =
        PROGRAM.getSubcommands().get("mount").getCommandSpec().optionsMap();
    String[] names = cases.group(1).replace("\\\n", "").replace("=*", "").split("\\s*\\|\\s*");
    assertThat(names).hasSizeGreaterThan(10);
    for (String name : names) {
      assertThat(options).as("of mount").containsKey("--" + name);
      assertThat(page).contains("\n.BI " + name + "=");
    }
    assertThat(
            Pattern.compile("(?m)^\\.BI ([a-z-]+)=")
                .matcher(page)
                .results()
                .map(each -> each.group(1)))
        .containsExactlyInAnyOrder(names);
    options.forEach(
        (name, option) -> {
          boolean withValue = option.arity().max() == 1 && !option.hidden();
          assertThat(Set.of(names).contains(name.replaceFirst("^--", "")))
              .as(name)
              .isEqualTo(withValue);
        });
  }

  @Test
  void theSameSourcesMakeTheSameBytes() throws IOException {
    assertThat(new Manual(SOURCES, "1.2.3", TIME).files()).isEqualTo(FILES);
    assertThat(FILES.values()).allMatch(text -> text.endsWith("\n"));
  }
}
