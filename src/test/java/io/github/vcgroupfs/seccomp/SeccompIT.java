package io.github.vcgroupfs.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.os.Libc;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real programs under a filter. */
class SeccompIT {
  private static final int PATH_BYTES = 4096;
  private static final String OURS = "7:memory:/ours\n";

  private static final Filter OPENS =
      Filter.of(
          List.of(
              Rule.ask(Call.OPENAT),
              Rule.ask(Call.OPEN),
              Rule.ask(Call.CREAT),
              Rule.ask(Call.OPENAT2)));

  /** Answers our text for {@code /proc/self/cgroup} and lets the kernel do the rest. */
  static void cgroup(Notification call) throws Exception {
    int at = call.call() == Call.OPEN || call.call() == Call.CREAT ? 0 : 1;
    String path = call.readString(call.argument(at), PATH_BYTES);
    if (path == null || !path.equals("/proc/self/cgroup") || !call.isValid()) {
      call.proceed();
      return;
    }
    int fd = Memfd.sealed("cgroup", OURS.getBytes(StandardCharsets.US_ASCII));
    call.answerFd(fd, true);
    Libc.close(fd);
  }

  @Test
  void aChildReadsOurText() throws Exception {
    assertThat(Supervision.sh(OPENS, SeccompIT::cgroup, "cat /proc/self/cgroup")).isEqualTo(OURS);
  }
}
