package io.github.vcgroupfs.blkio;

/**
 * The number of a block device: {@code dev_t}. Immutable.
 *
 * @param dev the major number, and below it 20 bits with the minor number
 */
record DeviceNumber(int dev) {
  private static final int MINOR_BITS = 20;

  /** {@code MKDEV}, which lets a large minor number spill into the major number. */
  static DeviceNumber of(long major, long minor) {
    return new DeviceNumber((int) (major << MINOR_BITS | minor));
  }

  int major() {
    return dev >>> MINOR_BITS;
  }

  int minor() {
    return dev & ((1 << MINOR_BITS) - 1);
  }

  @Override
  public String toString() {
    return major() + ":" + minor();
  }
}
