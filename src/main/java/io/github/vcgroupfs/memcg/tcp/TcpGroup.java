package io.github.vcgroupfs.memcg.tcp;

import io.github.vcgroupfs.memcg.counter.PageCounter;

/**
 * What {@link TcpMemory} needs to know of its memory group. Any thread may call any method. No
 * method blocks.
 */
public interface TcpGroup {
  /** The counter of the group's kernel memory: {@code memory.kmem.*}. Always the same object. */
  PageCounter kmem();

  /** Whether a counter that has refused a charge belongs to this group. */
  boolean owns(PageCounter counter);

  /** Whether anybody is registered for pressure. If not, refusals need not be counted. */
  boolean hearsPressure();

  /**
   * Pressure began: a limit of this group refused a charge, and the group was not under pressure
   * before.
   */
  void pressureBegan();

  /**
   * Another window of refusals has passed under pressure: {@code mm/vmpressure.c vmpressure_win}.
   */
  void pressureLasts();
}
