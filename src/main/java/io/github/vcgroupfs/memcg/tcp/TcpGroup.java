package io.github.vcgroupfs.memcg.tcp;

import io.github.vcgroupfs.memcg.counter.PageCounter;

/**
 * What {@link TcpMemory} needs of the memory group whose TCP memory it is. Any thread may call any
 * of it; none of it blocks.
 */
public interface TcpGroup {
  /** The counter of the group's kernel memory: {@code memory.kmem.*}. The same one for life. */
  PageCounter kmem();

  /** Whether that counter, which has refused a charge, is one of this group's. */
  boolean owns(PageCounter counter);

  /** Whether anybody wants to be told about pressure: if not, nobody needs to count it. */
  boolean hearsPressure();

  /** A charge was refused by a limit of this group, which was not under pressure before. */
  void pressureBegan();

  /** Refusals have gone on for another window: {@code mm/vmpressure.c vmpressure_win}. */
  void pressureLasts();
}
