package io.github.vcgroupfs.memcg.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.memcg.counter.Threads;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A flag and how long it was set; the clock is the test's. */
class PressureTest {
  private final AtomicLong nowNs = new AtomicLong(5_000_000_000L);
  private final Pressure pressure = new Pressure(nowNs::get);

  @Test
  void countsMillisecondsOfAllSpellsThePresentOneIncluded() {
    assertThat(pressure.totalMs()).isZero();
    assertThat(pressure.enter()).isTrue();
    nowNs.addAndGet(7_900_000);
    assertThat(pressure.totalMs()).isEqualTo(7);
    pressure.leave();
    nowNs.addAndGet(1_000_000_000);
    assertThat(pressure.totalMs()).as("time without pressure").isEqualTo(7);
    pressure.leave();
    assertThat(pressure.enter()).isTrue();
    assertThat(pressure.enter()).as("it was set").isFalse();
    nowNs.addAndGet(100_000);
    pressure.leave();
    assertThat(pressure.totalMs()).as("7.9 + 0.1").isEqualTo(8);
    assertThat(pressure.isOn()).isFalse();
  }

  @Test
  void ofThreadsThatEnterTogetherOneDoes() {
    for (int round = 0; round < 200; round++) {
      Pressure flag = new Pressure(nowNs::get);
      AtomicInteger entered = new AtomicInteger();
      Threads.run(3, thread -> entered.addAndGet(flag.enter() ? 1 : 0));
      assertThat(entered).hasValue(1);
    }
  }
}
