package io.github.vcgroupfs.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.Profiles;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final String FILL =
      "{\"name\":\"a\",\"kind\":\"fill\",\"limit\":65536,\"connections\":1,\"chunk\":16384}";
  private static final String FREE =
      "{\"name\":\"b\",\"kind\":\"free\",\"seconds\":2,\"groups\":[\"web\"],\"steps\":[]}";

  @Test
  void wordsNameTheLineItsShareAndTheTimeOfItsScenario() {
    Pace pace = new Pace();
    assertThat(pace.words(0)).isEqualTo("line 0");
    pace.reads(3, 250, 100);
    assertThat(pace.words(0)).isEqualTo("line 3");
    assertThat(pace.words(1000)).isEqualTo("line 3 (25 %)");
    pace.runs(() -> 1_250_000_000L, 20);
    assertThat(pace.words(1000)).isEqualTo("line 3 (26 %), 1.3 of 20.0 s simulated");
    pace.runs(() -> 21_000_000_000L, 20);
    assertThat(pace.words(0)).as("the last event").isEqualTo("line 3, 20.0 of 20.0 s simulated");
    pace.reads(4, 2000, 100);
    assertThat(pace.words(1000)).as("more than the file had").isEqualTo("line 4 (100 %)");
  }

  /** What is asked in the middle of a run: here by who takes its samples and its answers. */
  @Test
  void aSimulatorSaysHowFarItIsWhileItRuns() throws Exception {
    String lines = FILL + "\n\n" + FREE + "\n";
    List<String> said = new ArrayList<>();
    Simulator[] asked = new Simulator[1];
    SampleSink sink =
        new SampleSink() {
          @Override
          public void accept(Sample sample) {
            said.add(asked[0].pace().words(lines.length()));
          }

          @Override
          public void close() {}
        };
    asked[0] = new Simulator(Profiles.byId("lwn-2011").orElseThrow(), 0, List.of(sink));
    asked[0].run(new BufferedReader(new StringReader(lines)), new PrintWriter(new StringWriter()));
    assertThat(said).isNotEmpty();
    assertThat(said.get(0)).isEqualTo("line 1 (0 %), 0.0 of 1.0 s simulated");
    assertThat(said.get(said.size() - 1))
        .matches("line 3 \\(\\d\\d %\\), \\d\\.\\d of 2\\.0 s simulated");
    assertThat(asked[0].pace().words(0)).isEqualTo("line 3, 2.0 of 2.0 s simulated");
  }
}
