package io.github.vcgroupfs.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.kernel.Profiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The numbers on the pages about {@code simulate} are what their examples give. */
class SimulatePageTest {
  private static final Path PAGE = Path.of("src/site/markdown/simulate.md");
  private static final Path POST_MORTEMS = Path.of("src/site/markdown/post-mortems.md");
  private static final Path EXAMPLES = Path.of("src/site/resources/examples");
  private static final Pattern RUN =
      Pattern.compile("<!-- run (\\S+) (\\S+) -->\n(.*?)<!-- /run -->", Pattern.DOTALL);

  /** Before the end, the moment of which a table has lines, too. */
  private static final double MIDDLE_MS = 5_900;

  /** What a table of an example is made with. */
  private interface Table {
    String of(String profile, Map<String, Object> fields) throws Exception;
  }

  @Test
  void theNumbersAreWhatTheExamplesGive() throws Exception {
    check(PAGE, SimulatePageTest::table);
  }

  @Test
  void theNumbersOfPostMortemsAreWhatTheirExamplesGive() throws Exception {
    check(POST_MORTEMS, Moments::table);
  }

  private static void check(Path file, Table table) throws Exception {
    String text = Files.readString(file);
    List<MatchResult> runs = RUN.matcher(text).results().toList();
    assertThat(runs).hasSizeGreaterThan(3);
    StringBuilder page = new StringBuilder();
    int at = 0;
    for (MatchResult run : runs) {
      page.append(text, at, run.start(3)).append('\n');
      String example = Files.readString(EXAMPLES.resolve(run.group(2) + ".jsonl"));
      page.append(table.of(run.group(1), JSON.std.mapFrom(example))).append('\n');
      at = run.end(3);
    }
    page.append(text.substring(at));
    if (Boolean.getBoolean("vcgroupfs.regenerate")) {
      Files.writeString(file, page);
    }
    assertThat(Files.readString(file)).isEqualTo(page.toString());
  }

  private static String table(String profile, Map<String, Object> fields) throws Exception {
    Map<String, Sample> middle = new LinkedHashMap<>();
    Map<String, Sample> last = new LinkedHashMap<>();
    SampleSink sink =
        new SampleSink() {
          @Override
          public void accept(Sample sample) {
            last.put(sample.group(), sample);
            if (sample.ms() <= MIDDLE_MS) {
              middle.put(sample.group(), sample);
            }
          }

          @Override
          public void close() {}
        };
    Map<String, Object> answer =
        new FreeScenarioRun(
                FreeScenario.of(fields, Budget.Limits.WIDE),
                Profiles.byId(profile).orElseThrow(),
                0,
                Sampler.thinned(List.of(sink)),
                Budget.unbounded())
            .run();
    StringBuilder table = new StringBuilder();
    table.append(
        "| when | group | usage | limit | pressure | window | sent | received | dropped |\n");
    table.append("| --- | --- | --: | --: | --: | --: | --: | --: | --: |\n");
    middle.values().forEach(sample -> table.append(row("5.9 s", sample)));
    last.values().forEach(sample -> table.append(row("the end", sample)));
    List<String> more = new ArrayList<>();
    more.add("machine: " + answer.get("machine"));
    for (Object refusal : (List<?>) answer.get("refused")) {
      more.add("refused: " + ((Map<?, ?>) refusal).get("why"));
    }
    table.append('\n');
    more.forEach(line -> table.append("- ").append(line).append('\n'));
    return table.toString();
  }

  private static String row(String when, Sample sample) {
    return "| %s | %s | %d | %d | %d | %d | %d | %d | %d |%n"
        .formatted(
            when,
            sample.group(),
            sample.usage(),
            sample.limit(),
            sample.pressure() ? 1 : 0,
            sample.window(),
            sample.sent(),
            sample.received(),
            sample.dropped());
  }
}
