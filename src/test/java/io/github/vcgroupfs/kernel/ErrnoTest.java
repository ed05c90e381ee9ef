package io.github.vcgroupfs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The numbers and texts against a list that was typed from {@code errno(3)}, not from the code. */
class ErrnoTest {
  private static final String LIST =
      """
      1 EPERM Operation not permitted
      2 ENOENT No such file or directory
      3 ESRCH No such process
      4 EINTR Interrupted system call
      5 EIO Input/output error
      7 E2BIG Argument list too long
      9 EBADF Bad file descriptor
      11 EAGAIN Resource temporarily unavailable
      12 ENOMEM Cannot allocate memory
      13 EACCES Permission denied
      16 EBUSY Device or resource busy
      17 EEXIST File exists
      18 EXDEV Invalid cross-device link
      19 ENODEV No such device
      20 ENOTDIR Not a directory
      21 EISDIR Is a directory
      22 EINVAL Invalid argument
      27 EFBIG File too large
      28 ENOSPC No space left on device
      30 EROFS Read-only file system
      34 ERANGE Numerical result out of range
      36 ENAMETOOLONG File name too long
      38 ENOSYS Function not implemented
      39 ENOTEMPTY Directory not empty
      61 ENODATA No data available
      95 EOPNOTSUPP Operation not supported
      98 EADDRINUSE Address already in use
      99 EADDRNOTAVAIL Cannot assign requested address
      113 EHOSTUNREACH No route to host
      """;

  private static final Map<String, String> NUMBER_AND_TEXT =
      LIST.lines()
          .map(line -> line.split(" ", 3))
          .collect(Collectors.toMap(part -> part[1], part -> part[0] + " " + part[2]));

  @Test
  void everyErrnoHasLinuxsNumberAndText() {
    Map<String, String> ours =
        Arrays.stream(Errno.values())
            .collect(Collectors.toMap(Enum::name, e -> e.number() + " " + e.text()));
    assertThat(new TreeMap<>(NUMBER_AND_TEXT)).containsAllEntriesOf(ours);
  }

  @Test
  void theNumberFindsTheErrno() {
    for (Errno errno : Errno.values()) {
      assertThat(Errno.ofNumber(errno.number())).contains(errno);
    }
    assertThat(Errno.ofNumber(0)).isEmpty();
    assertThat(Errno.ofNumber(-22)).isEmpty();
    assertThat(Errno.ofNumber(4711)).isEmpty();
  }

  @Test
  void aRefusalCarriesItsErrnoAndItsSentenceAndNoStackTrace() {
    ErrnoException refusal = new ErrnoException(Errno.EBUSY, "limit=4096: usage is 12 pages");
    assertThat(refusal.errno()).isEqualTo(Errno.EBUSY);
    assertThat(refusal.why()).isEqualTo("limit=4096: usage is 12 pages");
    assertThat(refusal).hasMessage("EBUSY: limit=4096: usage is 12 pages");
    assertThat(refusal.getStackTrace()).isEmpty();
  }
}
