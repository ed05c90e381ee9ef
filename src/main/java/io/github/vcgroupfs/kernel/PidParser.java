package io.github.vcgroupfs.kernel;

import java.math.BigInteger;

/** Reads a process id that was written to {@code cgroup.procs} or {@code tasks}. Has no state. */
public enum PidParser {
  /** An unsigned integer, silently cut to 32 bits: {@code cgroup_write_X64} of 3.x. */
  UNSIGNED,
  /**
   * A signed integer that must fit into 32 bits: {@code kstrtoint} after {@code strstrip}, in later
   * kernels.
   */
  SIGNED;

  /**
   * Reads a pid.
   *
   * @return 0 or more; 0 means the process that writes
   * @throws ErrnoException EINVAL if it is not a number, or negative; ESRCH if no process can have
   *     it
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
