package io.github.vcgroupfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cli.CommandTree;
import io.github.vcgroupfs.manual.Manual;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completions: they know what picocli reads. What shells make of them is a test of artefacts. */
class CompletionsTest {
  private static final CommandLine PROGRAM = CommandTree.whole();
  private static final Map<String, String> FILES = files();

  private static Map<String, String> files() {
    try {
      return new Manual(Path.of("src/manual"), "1.2.3", Instant.EPOCH).files();
    } catch (IOException gone) {
      throw new AssertionError(gone);
    }
  }

  static Stream<String> commands() {
    return PROGRAM.getSubcommands().keySet().stream();
  }

  private static List<OptionSpec> options(String command) {
    CommandSpec spec = PROGRAM.getSubcommands().get(command).getCommandSpec();
    Stream<OptionSpec> others =
        command.equals("run")
            ? PROGRAM.getSubcommands().get("mount").getCommandSpec().options().stream()
                .filter(each -> !each.longestName().equals("--foreground"))
            : Stream.of();
    return Stream.concat(spec.options().stream(), others).toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void bashKnowsEveryOptionAndItsWords(String command) {
    String script = FILES.get("completions/vcgroupfs");
    String line = found("(?m)^ {4}'" + command + "'\\) options=.*$", script);
    for (OptionSpec each : options(command)) {
      for (String name : each.names()) {
        Pattern offered = Pattern.compile("'" + Pattern.quote(name) + "(\\\\t|')");
        assertThat(offered.matcher(line).find()).as(name).isNotEqualTo(each.hidden());
        if (!each.hidden() && each.arity().max() > 0) {
          String place = Pattern.quote(command + ":" + name) + "( \\||\\))";
          String values = found("(?m)^.*[ ]" + place + ".*$", script);
          CommandTree.words(each)
              .forEach(
                  word ->
                      assertThat(values).containsPattern("'" + Pattern.quote(word) + "(\\\\t|')"));
        }
      }
    }
    if (!operands(command).isEmpty()) {
      found("(?m)^.*[ ]" + command + ":operand.*$", script);
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void zshKnowsEveryOptionAndItsWords(String command) {
    String script = FILES.get("completions/_vcgroupfs");
    String function = found("(?ms)^_vcgroupfs-" + command + "\\(\\) \\{.*?^\\}$", script);
    for (OptionSpec each : options(command)) {
      for (String name : each.names()) {
        Pattern offered = Pattern.compile("[ ',{]" + Pattern.quote(name) + "[',}].*\\[.*\\]");
        assertThat(offered.matcher(function).find()).as(name).isNotEqualTo(each.hidden());
      }
      if (!CommandTree.words(each).isEmpty() && !each.hidden()) {
        String list = found(each.longestName() + "'.*:(_vcgroupfs_words_\\d+)'", function);
        String words = found("(?ms)^" + list + "\\(\\) \\{.*?^\\}$", script).replace("\\:", ":");
        CommandTree.words(each)
            .forEach(word -> assertThat(words).containsPattern("'" + Pattern.quote(word) + "[':]"));
      }
    }
    operands(command)
        .forEach(
            each ->
                assertThat(function)
                    .containsPattern("'1:" + Pattern.quote(each.paramLabel()) + ":_"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void fishKnowsEveryOptionAndItsWords(String command) {
    String script = FILES.get("completions/vcgroupfs.fish");
    assertThat(script).contains(" -n __vcgroupfs_needs_command -a " + command + " -d ");
    for (OptionSpec each : options(command)) {
      String name = each.longestName();
      Matcher line =
          Pattern.compile(
                  "(?m)^complete -c vcgroupfs -n '__vcgroupfs_options %s[ ;'].* -l %s .*$"
                      .formatted(command, name.substring(2)))
              .matcher(script);
      assertThat(line.find()).as(name).isNotEqualTo(each.hidden());
      if (!each.hidden()) {
        boolean takes = script.contains("case '%s %s'\n".formatted(command, name));
        assertThat(takes).as(name).isEqualTo(each.arity().max() > 0);
        if (!CommandTree.words(each).isEmpty()) {
          String list = found("\\((__vcgroupfs_words_\\d+)\\)", line.group());
          String words = found("(?ms)^function " + list + "$.*?^end$", script);
          CommandTree.words(each).forEach(word -> assertThat(words).contains("'" + word + "' "));
        }
      }
    }
    if (!operands(command).isEmpty()) {
      assertThat(script).contains("'__vcgroupfs_operand " + command + "'");
    }
  }

  private static List<PositionalParamSpec> operands(String command) {
    return PROGRAM.getSubcommands().get(command).getCommandSpec().positionalParameters();
  }

  /** The match, or its first group. */
  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("found: %s", pattern).isTrue();
    return matcher.groupCount() == 1 && matcher.group(1) != null && pattern.contains("words_")
        ? matcher.group(1)
        : matcher.group();
  }

  /** Words that options name are those that they take. */
  @Test
  void whatTheHelpListsIsWhatIsOffered() {
    PROGRAM
        .getSubcommands()
        .values()
        .forEach(
            command ->
                command.getCommandSpec().options().stream()
                    .filter(each -> each.paramLabel().matches("[a-z|]+"))
                    .forEach(
                        each ->
                            assertThat(CommandTree.words(each))
                                .as(each.longestName())
                                .containsExactly(each.paramLabel().split("\\|"))));
  }
}
