package io.github.vcgroupfs.cpu;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;

/** Files speak of microseconds, the scheduler of nanoseconds. Has no state. */
final class Microseconds {
  /** {@code NSEC_PER_USEC}. */
  static final long NANOS = 1000;

  /** The most that fits 64 bits as nanoseconds. */
  static final long MAX = Long.divideUnsigned(-1L, NANOS);

  private Microseconds() {}

  /**
   * The same time in nanoseconds. Kernels without the check let it wrap around.
   *
   * @param us unsigned
   * @throws ErrnoException EINVAL if it does not fit, and this kernel checks that
   */
  static long toNanos(long us, KernelProfile profile) throws ErrnoException {
    if (Long.compareUnsigned(us, MAX) > 0 && profile.has(KernelFeature.CPU_OVERFLOW_CHECKS)) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s microseconds are too many for 64 bits of nanoseconds: write at most %d"
              .formatted(Long.toUnsignedString(us), MAX));
    }
    return us * NANOS;
  }

  /** The same time in microseconds, rounded down; unsigned. */
  static long of(long nanos) {
    return Long.divideUnsigned(nanos, NANOS);
  }
}
