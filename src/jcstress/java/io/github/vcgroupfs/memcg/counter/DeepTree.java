package io.github.vcgroupfs.memcg.counter;

import io.github.vcgroupfs.kernel.CounterEra;

/** Two leaves that are deep enough for batches, below one counter that may have a limit. */
final class DeepTree {
  private final PageCounter fork;
  private final PageCounter first;
  private final PageCounter second;

  DeepTree() {
    PageCounter at = null;
    for (int i = 0; i < Stocks.LEAST_DEPTH; i++) {
      at = new PageCounter(CounterEra.PAGE_COUNTER, at, ModelListener.SILENT);
    }
    fork = at;
    first = leaf();
    second = leaf();
  }

  private PageCounter leaf() {
    PageCounter leaf = new PageCounter(CounterEra.PAGE_COUNTER, fork, ModelListener.SILENT);
    leaf.batchIfDeep();
    return leaf;
  }

  /** Above both. */
  PageCounter fork() {
    return fork;
  }

  PageCounter first() {
    return first;
  }

  PageCounter second() {
    return second;
  }

  /** The same usage on every level above the leaves, stocks taken back; -1 if they differ. */
  long usageAbove() {
    long units = fork.usage();
    for (PageCounter level = fork; level != null; level = level.parent()) {
      if (level.usage() != units || level.rawUsage() != units) {
        return -1;
      }
    }
    return units;
  }
}
