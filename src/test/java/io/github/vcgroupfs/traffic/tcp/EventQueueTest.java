package io.github.vcgroupfs.traffic.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.kernel.TcpConstants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private static final long MS = 1_000_000;

  @Test
  void runsInOrderOfTimeAndThenOfMaking() {
    EventQueue events = new EventQueue(0);
    Random random = new Random(1);
    List<long[]> expected = new ArrayList<>();
    List<long[]> ran = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      long[] id = {random.nextInt(500), i};
      EventQueue.Event event = events.after(id[0], () -> ran.add(id));
      if (random.nextInt(4) == 0) {
        event.cancel();
      } else {
        expected.add(id);
      }
    }
    expected.sort(Comparator.<long[]>comparingLong(id -> id[0]).thenComparingLong(id -> id[1]));
    assertThat(events.runDue(1_000, 10_000)).isTrue();
    assertThat(ran).containsExactlyElementsOf(expected);
    assertThat(events.nowNs()).isEqualTo(1_000);
    assertThat(events.nextNs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aTimerFiresOnceAtTheLastTimeItWasSetTo() {
    EventQueue events = new EventQueue(0);
    List<Long> fired = new ArrayList<>();
    SockTimer timer = timer(events, "linux-6.18", () -> fired.add(events.nowNs()), () -> {});
    timer.set(5);
    timer.set(1);
    timer.set(3);
    events.runDue(10 * MS, 100);
    assertThat(fired).isEmpty();
    timer.set(2);
    events.runDue(200 * MS, 100);
    assertThat(fired).containsExactly(20 * MS); // a tick later: the wheel rounds up
    timer.set(5);
    timer.clear();
    events.runDue(400 * MS, 100);
    assertThat(fired).hasSize(1);
  }

  @Test
  void aTimerThatWasClearedFiresInVainWhereUnusedMemoryIsKept() {
    for (String kernel : List.of("linux-5.10", "linux-6.18")) {
      EventQueue events = new EventQueue(0);
      List<String> fired = new ArrayList<>();
      SockTimer timer = timer(events, kernel, () -> fired.add("set"), () -> fired.add("in vain"));
      timer.set(5);
      timer.clear();
      assertThat(timer.isSet()).isFalse();
      events.runDue(100 * MS, 100);
      assertThat(fired).hasSize(kernel.equals("linux-5.10") ? 1 : 0).doesNotContain("set");
      timer.set(5);
      timer.stop();
      events.runDue(200 * MS, 100);
      assertThat(fired).doesNotContain("set").hasSizeLessThan(2);
    }
  }

  private static SockTimer timer(
      EventQueue events, String kernel, Runnable handler, Runnable inVain) {
    TcpConstants constants = Profiles.byId(kernel).orElseThrow().tcp();
    return new SockTimer(new NetworkPath(events, 0), constants, handler, inVain);
  }
}
