package io.github.vcgroupfs.kernel;

/**
 * The three numbers of {@code tcp_mem}, in pages. Below {@code min} there is no pressure. Above
 * {@code pressure} there is pressure. Above {@code max} memory is refused.
 *
 * @param min pages, element 0
 * @param pressure pages, element 1
 * @param max pages, element 2
 */
public record TcpMemLimits(long min, long pressure, long max) {

  /** The same limits, none of them above this number of pages: {@code tcp_update_limit}. */
  public TcpMemLimits cappedAt(long nrPages) {
    return new TcpMemLimits(
        Math.min(min, nrPages), Math.min(pressure, nrPages), Math.min(max, nrPages));
  }

  /**
   * The boot-time default: {@code tcp_init_mem}.
   *
   * @param freeBufferPages {@code nr_free_buffer_pages()}
   * @param share 8 until 3.18, 16 later
   */
  static TcpMemLimits ofFreeBufferPages(long freeBufferPages, int share) {
    long base = Math.max(freeBufferPages / share, 128);
    long min = base / 4 * 3;
    return new TcpMemLimits(min, base, min * 2);
  }

  @Override
  public String toString() {
    return min + " " + pressure + " " + max;
  }
}
