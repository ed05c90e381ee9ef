package io.github.vcgroupfs.blkio;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;

/** A share of a disk's time: of all disks, and of those that have one of their own. */
enum Weight {
  /** Of a group under CFQ: {@code CFQ_WEIGHT_LEGACY_MIN}, {@code CFQ_WEIGHT_LEGACY_DFL}. */
  CFQ(10, 500, DeviceSetting.CFQ_WEIGHT),
  /** Of a group's own tasks under CFQ, beside its children. */
  CFQ_LEAF(10, 500, DeviceSetting.CFQ_LEAF_WEIGHT),
  /** Of a group under BFQ: {@code BFQ_MIN_WEIGHT}, {@code BFQ_WEIGHT_LEGACY_DFL}. */
  BFQ(1, 100, DeviceSetting.BFQ_WEIGHT);

  private static final long MOST = 1000;

  private final long least;
  private final long usual;
  private final DeviceSetting ofDevice;

  Weight(long least, long usual, DeviceSetting ofDevice) {
    this.least = least;
    this.usual = usual;
    this.ofDevice = ofDevice;
  }

  /** What a new group has. The root has twice as much under CFQ. */
  long usual(boolean root) {
    return root && this != BFQ ? 2 * usual : usual;
  }

  /** The setting of one device that takes its place there. */
  DeviceSetting ofDevice() {
    return ofDevice;
  }

  /**
   * Checks a number that was written.
   *
   * @param refusal the error of this kernel
   * @throws ErrnoException if it is too small or too large
   */
  void require(long value, Errno refusal) throws ErrnoException {
    if (value < least || value > MOST) {
      throw new ErrnoException(
          refusal,
          "%s is no weight: write %d to %d".formatted(Long.toUnsignedString(value), least, MOST));
    }
  }
}
