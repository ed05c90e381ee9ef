package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.hostview.HostView;

/** How {@code run} makes its command see a hierarchy. */
enum RunWay {
  /** By answering calls of the command and of all that come from it. */
  TREE,
  /** As {@link HostView.Way#BIND}. */
  BIND,
  /** As {@link HostView.Way#TEXT}. */
  TEXT
}
