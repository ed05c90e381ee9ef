package io.github.vcgroupfs.kernel;

/**
 * How a kernel counts memory: the res_counter of Linux 3.18 and earlier counts bytes, the
 * page_counter of 3.19 and later counts pages. Everything that depends on the difference, the unit
 * of a counter, its ceiling and the rounding of a limit, is asked here.
 *
 * <p>A count in the era's unit is an <em>unsigned</em> 64-bit number. Immutable.
 */
public enum CounterEra {
  /** Bytes, limits rounded up to a page. {@code kernel/res_counter.c}. */
  RES_COUNTER(Pages.SIZE_BYTES, Long.MAX_VALUE),
  /** Pages, limits rounded down to a page. {@code mm/page_counter.c}. */
  PAGE_COUNTER(1, Long.MAX_VALUE / Pages.SIZE_BYTES);

  private final long unitsPerPage;
  private final long unlimited;

  CounterEra(long unitsPerPage, long unlimited) {
    this.unitsPerPage = unitsPerPage;
    this.unlimited = unlimited;
  }

  /**
   * The limit that means "none": RESOURCE_MAX or PAGE_COUNTER_MAX, in units. {@code
   * include/linux/res_counter.h}, {@code include/linux/page_counter.h}.
   */
  public long unlimited() {
    return unlimited;
  }

  /** That many pages in units; more pages than fit come out as the unsigned maximum. */
  public long ofPages(long nrPages) {
    return Long.compareUnsigned(nrPages, Long.divideUnsigned(-1L, unitsPerPage)) > 0
        ? -1L
        : nrPages * unitsPerPage;
  }

  /** Whole pages in that many units, rounded down. */
  public long toPages(long units) {
    return Long.divideUnsigned(units, unitsPerPage);
  }

  /** What a control file shows for that many units, as an unsigned number of bytes. */
  public long toBytes(long units) {
    return this == RES_COUNTER ? units : units * Pages.SIZE_BYTES;
  }

  /**
   * A limit as the era stores it, in units: rounded up with wrap-around ({@code
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
