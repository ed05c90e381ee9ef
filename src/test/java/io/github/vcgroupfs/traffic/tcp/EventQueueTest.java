package io.github.vcgroupfs.traffic.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventQueueTest {

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
    SockTimer timer =
        new SockTimer(new NetworkPath(events, 0), 1_000, () -> fired.add(events.nowNs()));
    timer.set(50);
    timer.set(10);
    timer.set(30);
    events.runDue(25_000, 100);
    assertThat(fired).isEmpty();
    timer.set(20);
    events.runDue(200_000, 100);
    assertThat(fired).containsExactly(46_000L); // a tick later: the wheel rounds up
    timer.set(5);
    timer.clear();
    events.runDue(400_000, 100);
    assertThat(fired).hasSize(1);
  }
}
