package io.github.vcgroupfs.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.nio.Cgroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Tests at the same time. */
class ParallelTest {
  private static final int TESTS = 100;
  private static final int ROUNDS = 100;

  /** A hundred tests that write what only they know, where all of them write. */
  @VirtualCgroup(profile = "linux-6.1")
  @Execution(ExecutionMode.CONCURRENT)
  static class Hundred {
    @RepeatedTest(TESTS)
    void test(RepetitionInfo info, Path root, Cgroups cgroups) throws IOException {
      int own = info.getCurrentRepetition();
      Path group = Files.createDirectory(root.resolve("web"));
      Path limit = group.resolve("memory.limit_in_bytes");
      Files.writeString(limit, own + "M");
      assertThat(cgroups.root().children()).hasSize(1);
      assertThat(Files.readString(limit)).isEqualTo((own << 20) + "\n");
      cgroups.group("/web").assertWrote("memory.limit_in_bytes").times(1).with(own + "M");
    }
  }

  @Test
  void aHundredTestsOnTwoThreads() {
    assertThat(Kit.failures(run())).isEmpty();
  }

  private static EngineExecutionResults run() {
    EngineExecutionResults results =
        Kit.builder(Hundred.class)
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
            .execute();
    results.testEvents().assertStatistics(counts -> counts.started(TESTS));
    return results;
  }

  /** The same a hundred times, by hand, with figures. */
  public static void main(String[] args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : ROUNDS;
    long[] tookNs = new long[rounds];
    int failed = 0;
    for (int i = 0; i < rounds; i++) {
      long startNs = System.nanoTime();
      failed += Kit.failures(run()).size();
      tookNs[i] = System.nanoTime() - startNs;
    }
    Arrays.sort(tookNs);
    System.out.printf(
        "%d rounds of %d tests on 2 threads: %d failed; a round took %.0f ms at the median, %.0f at most%n",
        rounds, TESTS, failed, tookNs[rounds / 2] / 1e6, tookNs[rounds - 1] / 1e6);
  }
}
