package io.github.vcgroupfs.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What may hang is given up. */
class BoundedTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void aResultComesThrough() throws Exception {
    assertThat(Bounded.call("test", LONG, () -> 42)).isEqualTo(42);
  }

  @Test
  void whatHangsIsGivenUp() {
    CountDownLatch never = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                Bounded.call(
                    "test",
                    Duration.ofMillis(1),
                    () -> {
                      try {
                        never.await();
                      } catch (InterruptedException e) {
                        throw new IOException(e);
                      }
                      return 0;
                    }))
        .isInstanceOf(TimeoutException.class);
    never.countDown();
  }

  @Test
  void failuresComeThrough() {
    assertThatThrownBy(
            () ->
                Bounded.call(
                    "test",
                    LONG,
                    () -> {
                      throw new IOException("broken");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("broken");
    assertThatThrownBy(
            () ->
                Bounded.call(
                    "test",
                    LONG,
                    () -> {
                      throw new IllegalArgumentException("wrong");
                    }))
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
  }
}
