package io.github.vcgroupfs.seccomp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.SeccompCalls;
import io.github.vcgroupfs.seccomp.SeccompException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How a filter gets onto a thread. Not thread-safe. */
final class Installation {
  private static final int FPROG_BYTES = 16;
  private static final int FPROG_FILTER = 8;

  /** Linux 5.9 has what we need: a listener can give a descriptor to the caller. */
  private static final int MAJOR = 5;

  private static final int MINOR = 9;

  private final ByteBuffer program;
  private final ByteBuffer fprog = SeccompCalls.memory(FPROG_BYTES);
  private final long fprogAt = SeccompCalls.address(fprog);
  private final long flags;

  /** Prepares everything, and learns which flags the kernel knows. */
  Installation(Filter filter) {
    byte[] bytes = filter.program();
    program = SeccompCalls.memory(bytes.length).put(0, bytes);
    fprog.putShort(0, (short) (bytes.length / Filter.INSTRUCTION_BYTES));
    fprog.putLong(FPROG_FILTER, SeccompCalls.address(program));
    long best =
        Requests.FLAG_NEW_LISTENER | Requests.FLAG_SPEC_ALLOW | Requests.FLAG_WAIT_KILLABLE_RECV;
    boolean known = Errno.EFAULT.is(SeccompCalls.seccomp(Requests.SET_MODE_FILTER, best, 0));
    flags = known ? best : best & ~Requests.FLAG_WAIT_KILLABLE_RECV;
  }

  /**
   * Installs it on the calling thread.
   *
   * @return the descriptor of the listener, close-on-exec, or a negative errno
   */
  int perform() {
    int result = SeccompCalls.seccomp(Requests.SET_MODE_FILTER, flags, fprogAt);
    if (Errno.EACCES.is(result) && SeccompCalls.setNoNewPrivs() == 0) {
      result = SeccompCalls.seccomp(Requests.SET_MODE_FILTER, flags, fprogAt);
    }
    return result;
  }

  /** The same way through this code, but the kernel finds no program and refuses. */
  int rehearse() {
    return SeccompCalls.seccomp(Requests.SET_MODE_FILTER, flags, 0);
  }

  static Optional<String> obstacle() {
    ByteBuffer action = SeccompCalls.memory(Integer.BYTES).putInt(0, Rule.RET_USER_NOTIF);
    int result = SeccompCalls.seccomp(Requests.GET_ACTION_AVAIL, 0, SeccompCalls.address(action));
    if (result >= 0) {
      result = NotifSizes.ask().notif();
    }
    if (result >= 0 && !isAtLeast(System.getProperty("os.version", ""), MAJOR, MINOR)) {
      result = -Errno.ENOSYS.number();
    }
    return result >= 0 ? Optional.empty() : Optional.of(sentence(result));
  }

  /** Whether this process has filters: then there may be a listener among them. */
  static boolean hasFilters() {
    try {
      String status = new String(Files.readAllBytes(Path.of("/proc/self/status")), ISO_8859_1);
      return !status.contains("\nSeccomp:\t0\n");
    } catch (IOException unknown) {
      return true;
    }
  }

  /** Whether a release such as 6.1.0-13-amd64 is that version or a later one. */
  static boolean isAtLeast(String release, int major, int minor) {
    String[] words = release.split("[^0-9]", 3);
    if (words.length < 2 || words[0].isEmpty() || words[1].isEmpty()) {
      return false;
    }
    int first = Integer.parseInt(words[0]);
    return first > major || (first == major && Integer.parseInt(words[1]) >= minor);
  }

  /** What an errno of {@link #perform} means. */
  static SeccompException failure(int result) {
    Reason reason = Reason.UNSUPPORTED;
    if (Errno.EBUSY.is(result)) {
      reason = Reason.NESTED;
    } else if (Errno.EACCES.is(result) || Errno.EPERM.is(result)) {
      reason = Reason.FORBIDDEN;
    }
    return new SeccompException(reason, sentence(result));
  }

  private static String sentence(int result) {
    if (Errno.EBUSY.is(result)) {
      return "this process is supervised already, and Linux allows one seccomp listener at a time:"
          + " is this within another vcgroupfs run?";
    }
    if (Errno.EACCES.is(result) || Errno.EPERM.is(result)) {
      return "a seccomp filter was refused: %s; a sandbox around this process forbids it"
          .formatted(Libc.text(result));
    }
    return "Linux %s has no seccomp listeners (%s): 5.9 or later is needed, with CONFIG_SECCOMP_FILTER"
        .formatted(System.getProperty("os.version"), Libc.text(result));
  }
}
