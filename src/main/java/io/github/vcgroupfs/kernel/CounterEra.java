package io.github.vcgroupfs.kernel;

/**
 * How a kernel counts memory. The res_counter of Linux 3.18 and earlier counts bytes. The
 * page_counter of 3.19 and later counts pages. The unit, the largest count and the rounding of
 * limits depend on that, and all three are here.
 *
 * <p>A count in the era's unit is an <em>unsigned</em> 64-bit number. Immutable.
 */
public enum CounterEra {
  /** Counts bytes, and rounds limits up to a page. {@code kernel/res_counter.c}. */
  RES_COUNTER(Pages.SIZE_BYTES, Long.MAX_VALUE),
  /** Counts pages, and rounds limits down to a page. {@code mm/page_counter.c}. */
  PAGE_COUNTER(1, Long.MAX_VALUE / Pages.SIZE_BYTES);

  private final long unitsPerPage;
  private final long unlimited;

  CounterEra(long unitsPerPage, long unlimited) {
    this.unitsPerPage = unitsPerPage;
    this.unlimited = unlimited;
  }

  /**
   * The limit that means "no limit", in units: RESOURCE_MAX or PAGE_COUNTER_MAX. {@code
   * include/linux/res_counter.h}, {@code include/linux/page_counter.h}.
   */
  public long unlimited() {
    return unlimited;
  }

  /** A number of pages, in units. If it does not fit, the largest unsigned number. */
  public long ofPages(long nrPages) {
    return Long.compareUnsigned(nrPages, Long.divideUnsigned(-1L, unitsPerPage)) > 0
        ? -1L
        : nrPages * unitsPerPage;
  }

  /** The whole pages in a number of units, rounded down. */
  public long toPages(long units) {
    return Long.divideUnsigned(units, unitsPerPage);
  }

  /** What a control file shows for a number of units: an unsigned number of bytes. */
  public long toBytes(long units) {
    return this == RES_COUNTER ? units : units * Pages.SIZE_BYTES;
  }

  /**
   * The limit that the kernel stores, in units. It is rounded up with wrap-around ({@code
   * res_counter_memparse_write_strategy}), or rounded down and capped ({@code
   * page_counter_memparse}).
   *
   * @param bytes an unsigned number of bytes
   */
  public long limitOfBytes(long bytes) {
    return switch (this) {
      case RES_COUNTER -> (bytes + Pages.SIZE_BYTES - 1) & -Pages.SIZE_BYTES;
      case PAGE_COUNTER -> Math.min(Long.divideUnsigned(bytes, Pages.SIZE_BYTES), unlimited);
    };
  }
}
