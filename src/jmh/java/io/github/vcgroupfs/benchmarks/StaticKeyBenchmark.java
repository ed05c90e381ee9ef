package io.github.vcgroupfs.benchmarks;

import io.github.vcgroupfs.statickey.StaticKey;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What asking a static key costs: the same loop without a question, with a key that is off, and
 * with a volatile flag that is off. "Free" means that the first two agree within their errors.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StaticKeyBenchmark {
  private static final int ROUNDS = 1000;
  private static final StaticKey OFF = StaticKey.off();
  private static volatile boolean flag;

  private int seed = 42;

  /** The twin: no question at all. */
  @Benchmark
  public int noQuestion() {
    int sum = seed;
    for (int i = 0; i < ROUNDS; i++) {
      sum = sum * 31 + i;
    }
    return sum;
  }

  /** A key without users. */
  @Benchmark
  public int keyOff() {
    int sum = seed;
    for (int i = 0; i < ROUNDS; i++) {
      if (OFF.isEnabled()) {
        sum += charge(sum);
      }
      sum = sum * 31 + i;
    }
    return sum;
  }

  /** What a plain flag would cost. */
  @Benchmark
  public int volatileFlagOff() {
    int sum = seed;
    for (int i = 0; i < ROUNDS; i++) {
      if (flag) {
        sum += charge(sum);
      }
      sum = sum * 31 + i;
    }
    return sum;
  }

  private static int charge(int sum) {
    return Integer.rotateLeft(sum, 3);
  }
}
