package io.github.vcgroupfs.watch;

import io.github.vcgroupfs.columns.Column;
import java.util.List;
import java.util.Optional;

/** A way to look at a hierarchy. For one thread at a time. */
interface Look {
  /** All groups that can be seen now, in the order of the tree. */
  List<GroupSample> read() throws WatchException;

  /** Why a column is not known here, one sentence; empty if it is. */
  Optional<String> whyUnknown(Column column);

  /** The kernel that is imitated, if that can be told. */
  Optional<String> profile();
}
