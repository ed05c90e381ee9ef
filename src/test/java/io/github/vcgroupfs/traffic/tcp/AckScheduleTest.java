package io.github.vcgroupfs.traffic.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import org.junit.jupiter.api.Test;

/** Request and response: acknowledgements wait for the answer that takes them along. */
class AckScheduleTest {
  private static final KernelProfile LINUX_5_10 = Profiles.byId("linux-5.10").orElseThrow();
  private static final KernelProfile LINUX_6_18 = Profiles.byId("linux-6.18").orElseThrow();
  private static final long MS = 1_000_000;

  private final EventQueue events = new EventQueue(1_000 * MS);
  private int timeouts;

  private AckSchedule schedule(KernelProfile profile) {
    return new AckSchedule(new NetworkPath(events), profile.tcp(), () -> timeouts++);
  }

  private void data(AckSchedule acks) {
    acks.dataArrived(events.nowNs(), 65_536, 1_000);
  }

  private void pass(long ms) {
    events.runDue(events.nowNs() + ms * MS, 1_000);
  }

  @Test
  void anAnswerThatComesSoonEndsQuickAcknowledgements() {
    AckSchedule acks = schedule(LINUX_6_18);
    data(acks);
    assertThat(acks.isImmediate()).isTrue();
    acks.answered(events.nowNs());
    assertThat(acks.isImmediate()).isFalse();
    acks.push(true);
    assertThat(acks.isPushed()).as("a reader's progress is not told").isFalse();
    acks.push(true);
    assertThat(acks.isPushed()).as("but after two small segments").isTrue();
  }

  @Test
  void anAnswerThatComesLateDoesNot() {
    AckSchedule acks = schedule(LINUX_6_18);
    data(acks);
    pass(50);
    acks.answered(events.nowNs());
    assertThat(acks.isImmediate()).isTrue();
  }

  @Test
  void dataThatIsNoAnswerDoesNot() {
    AckSchedule acks = schedule(LINUX_6_18);
    acks.answered(events.nowNs());
    data(acks);
    assertThat(acks.isImmediate()).isTrue();
  }

  /** {@code TCP_PINGPONG_THRESH} was 3 from 5.1 to 5.19. */
  @Test
  void someKernelsWaitForThreeAnswers() {
    AckSchedule acks = schedule(LINUX_5_10);
    for (int i = 0; i < 3; i++) {
      data(acks);
      assertThat(acks.isImmediate()).as("answers: %d", i).isTrue();
      acks.answered(events.nowNs() + 1);
      acks.answered(events.nowNs() + 2); // of the same data: counts once
      pass(1);
    }
    data(acks);
    assertThat(acks.isImmediate()).isFalse();
  }

  @Test
  void anAcknowledgementThatHadToGoAloneEndsTheMode() {
    AckSchedule acks = schedule(LINUX_6_18);
    data(acks);
    acks.answered(events.nowNs());
    acks.missed();
    assertThat(acks.isImmediate()).isTrue();
  }

  @Test
  void whatGoesWithDataCancelsTheTimer() {
    AckSchedule acks = schedule(LINUX_6_18);
    data(acks);
    acks.delay(0);
    acks.sent();
    pass(500);
    assertThat(timeouts).isZero();
    data(acks);
    acks.delay(0);
    pass(500);
    assertThat(timeouts).isEqualTo(1);
  }
}
