package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.top.TopOptions;
import java.util.Iterator;

/** By what {@code top} can sort, for its help. */
final class TopSortWords implements Iterable<String> {
  @Override
  public Iterator<String> iterator() {
    return TopOptions.sortWords().iterator();
  }
}
