package io.github.vcgroupfs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * style.md, one dispatcher: what an operation throws becomes a number, and a log line where it is a
 * defect.
 */
class DispatcherTest {
  private static final int EIO = -Errno.EIO.number();

  private final Logger logger = Logger.getLogger(Dispatcher.class.getName());
  private final List<LogRecord> lines = new ArrayList<>();
  private RuntimeException thrownByLog;

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          if (thrownByLog != null) {
            throw thrownByLog;
          }
          lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.ALL);
    logger.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
    logger.setLevel(null);
    logger.setUseParentHandlers(true);
  }

  @Test
  void whatAnOperationReturnsIsReturned() {
    assertThat(Dispatcher.call("read", "/x", () -> 42)).isEqualTo(42);
    assertThat(lines).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Errno.class)
  void aRefusalIsItsNegativeErrnoAtDebug(Errno errno) {
    int returned =
        Dispatcher.call(
            "write",
            "/x",
            () -> {
              throw new ErrnoException(errno, "the reason");
            });
    assertThat(returned).isEqualTo(-errno.number());
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).getLevel()).isEqualTo(Level.FINE);
    assertThat(lines.get(0).getMessage()).isEqualTo("write /x: " + errno + ": the reason");
    assertThat(lines.get(0).getThrown()).isNull();
  }

  @Test
  void aDefectIsEioAtErrorWithTheStack() {
    IllegalStateException defect = new IllegalStateException("broken");
    assertThat(
            Dispatcher.call(
                "read",
                null,
                () -> {
                  throw defect;
                }))
        .isEqualTo(EIO);
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).getLevel()).isEqualTo(Level.SEVERE);
    assertThat(lines.get(0).getMessage()).isEqualTo("read (handle) failed");
    assertThat(lines.get(0).getThrown()).isSameAs(defect);
  }

  @Test
  void anErrorIsOneToo() {
    assertThat(Dispatcher.call("mkdir", "/x", DispatcherTest::endless)).isEqualTo(EIO);
    assertThat(lines.get(0).getThrown()).isInstanceOf(StackOverflowError.class);
  }

  @Test
  void notEvenALogThatThrowsGetsThrough() {
    thrownByLog = new IllegalStateException("no log");
    assertThat(
            Dispatcher.call(
                "mkdir",
                "/x",
                () -> {
                  throw new ErrnoException(Errno.EEXIST, "is there");
                }))
        .isEqualTo(EIO);
    assertThat(
            Dispatcher.call(
                "mkdir",
                "/x",
                () -> {
                  throw new AssertionError();
                }))
        .isEqualTo(EIO);
  }

  @SuppressWarnings("InfiniteRecursion") // on purpose
  private static int endless() {
    return endless() + 1;
  }
}
