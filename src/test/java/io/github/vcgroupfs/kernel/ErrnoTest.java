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
      8 ENOEXEC Exec format error
      9 EBADF Bad file descriptor
      11 EAGAIN Resource temporarily unavailable
      12 ENOMEM Cannot allocate memory
      13 EACCES Permission denied
      14 EFAULT Bad address
      16 EBUSY Device or resource busy
      17 EEXIST File exists
      18 EXDEV Invalid cross-device link
      19 ENODEV No such device
      20 ENOTDIR Not a directory
      21 EISDIR Is a directory
      22 EINVAL Invalid argument
      23 ENFILE Too many open files in system
      24 EMFILE Too many open files
      26 ETXTBSY Text file busy
      27 EFBIG File too large
      28 ENOSPC No space left on device
      30 EROFS Read-only file system
      34 ERANGE Numerical result out of range
      36 ENAMETOOLONG File name too long
      38 ENOSYS Function not implemented
      39 ENOTEMPTY Directory not empty
      40 ELOOP Too many levels of symbolic links
      61 ENODATA No data available
      75 EOVERFLOW Value too large for defined data type
      92 ENOPROTOOPT Protocol not available
      95 EOPNOTSUPP Operation not supported
      98 EADDRINUSE Address already in use
      99 EADDRNOTAVAIL Cannot assign requested address
      103 ECONNABORTED Software caused connection abort
      105 ENOBUFS No buffer space available
      107 ENOTCONN Transport endpoint is not connected
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
  void systemCallsReturnItNegative() {
    assertThat(Errno.EBUSY.is(-16)).isTrue();
    assertThat(Errno.EBUSY.is(16)).isFalse();
    assertThat(Errno.EBUSY.is(-22)).isFalse();
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
