package io.github.vcgroupfs.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.testing.Program;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What real kernels did to TCP buffers against what the model predicts, judged by the referee's own
 * comparison. Where the referee is not beside the project there is nothing to compare with.
 */
@EnabledIf("refereeIsHere")
class RefereeTest {
  private static final Path REFEREE = Path.of("../shared/referee");

  static boolean refereeIsHere() {
    return Files.isRegularFile(REFEREE.resolve("tcpflow.py"));
  }

  @ParameterizedTest
  @CsvSource({
    "linux-6.18, tcpflow-measured.jsonl, fill drain, 5",
    "linux-6.18, tcpflow-measured.jsonl, stream, 25",
    "linux-5.10, recorded/linux-5.10-tcpflow.jsonl, fill, 10",
    "linux-6.1, recorded/linux-6.1-tcpflow.jsonl, fill, 10"
  })
  void predictsWhatTheKernelDid(
      String profile, String measured, String kinds, String percent, @TempDir Path folder)
      throws Exception {
    List<String> wanted = new ArrayList<>();
    for (String line : Files.readAllLines(REFEREE.resolve(measured))) {
      if (Set.of(kinds.split(" ")).contains(JSON.std.mapFrom(line).get("kind"))) {
        wanted.add(line);
      }
    }
    assertThat(wanted).isNotEmpty();
    Path kernel = Files.write(folder.resolve("kernel.jsonl"), wanted);
    Path model = folder.resolve("model.jsonl");
    try (BufferedReader scenarios =
            Files.newBufferedReader(REFEREE.resolve("tcpflow-scenarios.jsonl"));
        PrintWriter out = new PrintWriter(Files.newBufferedWriter(model))) {
      new Simulator(Profiles.byId(profile).orElseThrow(), 0, List.of()).run(scenarios, out);
    }
    Program.Ended judged =
        Program.runToEnd(
            List.of(
                "python3",
                REFEREE.resolve("tcpflow.py").toString(),
                "--compare",
                kernel.toString(),
                model.toString(),
                "--within",
                percent));
    assertThat(judged.status()).as(judged.out() + judged.err()).isZero();
  }
}
