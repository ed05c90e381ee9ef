package io.github.vcgroupfs.kernel;

import java.math.BigInteger;

/** Reads the text written to {@code cgroup.procs} or {@code tasks}. Stateless. */
public enum PidParser {
  /** An unsigned integer, cut to 32 bits without a word: 3.x {@code cgroup_write_X64}. */
  UNSIGNED,
  /** A signed one that must fit: {@code kstrtoint} over {@code strstrip}, later kernels. */
  SIGNED;

  /**
   * A pid.
   *
   * @return 0 or more: 0 is the writer
   * @throws ErrnoException EINVAL if it is no number, or negative; ESRCH if no task can have it
   */
  public int parse(byte[] written) throws ErrnoException {
    return switch (this) {
      case UNSIGNED -> unsigned(written);
      case SIGNED -> signed(written);
    };
  }

  private static int unsigned(byte[] written) throws ErrnoException {
    int pid = (int) IntegerParser.SIMPLE_STRTOULL.parse(written);
    if (pid < 0) {
      throw new ErrnoException(
          Errno.ESRCH, "no process has the id %d: ids begin with 1".formatted(pid));
    }
    return pid;
  }

  private static int signed(byte[] written) throws ErrnoException {
    String text = KernelText.strip(KernelText.of(written));
    boolean negative = text.startsWith("-");
    BigInteger pid = Memparse.exact(negative ? text.substring(1) : text);
    if (pid == null || pid.bitLength() >= Integer.SIZE || (negative && pid.signum() != 0)) {
      throw new ErrnoException(
          Errno.EINVAL,
          "\"%s\" is no process id: write one number, or 0 for the writer itself".formatted(text));
    }
    return pid.intValue();
  }
}
