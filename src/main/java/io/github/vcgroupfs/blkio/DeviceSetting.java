package io.github.vcgroupfs.blkio;

/** What a group can have for one device. A value is an unsigned number; one value means "none". */
enum DeviceSetting {
  /** Bytes that may be read in a second. */
  READ_BPS(Width.LONG, -1),
  /** Bytes that may be written in a second. */
  WRITE_BPS(Width.LONG, -1),
  /** Reads in a second. */
  READ_IOPS(Width.INT, Width.UINT_MAX),
  /** Writes in a second. */
  WRITE_IOPS(Width.INT, Width.UINT_MAX),
  /** The share of a group under CFQ. */
  CFQ_WEIGHT(Width.INT, 0),
  /** The share of a group's own tasks under CFQ, beside its children. */
  CFQ_LEAF_WEIGHT(Width.INT, 0),
  /** The share of a group under BFQ. */
  BFQ_WEIGHT(Width.INT, 0);

  /** How many bits the kernel keeps. */
  private enum Width {
    INT,
    LONG;

    private static final long UINT_MAX = 0xffff_ffffL;
  }

  private final Width width;
  private final long none;

  DeviceSetting(Width width, long none) {
    this.width = width;
    this.none = none;
  }

  /** The value that means that nothing is set. */
  long none() {
    return none;
  }

  /** Whether the value has the 32 bits that are kept of it. */
  boolean fits(long value) {
    return width == Width.LONG || (value >= 0 && value <= Width.UINT_MAX);
  }

  /** The value that is kept if that number is written: {@code tg_set_conf}. 0 takes a rule away. */
  long kept(long written) {
    if (written == 0) {
      return none;
    }
    return width == Width.LONG ? written : written & Width.UINT_MAX;
  }
}
