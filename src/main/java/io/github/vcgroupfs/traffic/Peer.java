package io.github.vcgroupfs.traffic;

import org.jspecify.annotations.Nullable;

/**
 * Where the receiving ends of a flow are. Immutable.
 *
 * @param text as it was written: {@code same}, {@code outside} or the path of a group
 */
record Peer(String text) {
  static final Peer SAME = new Peer("same");
  static final Peer OUTSIDE = new Peer("outside");

  /** The path of the group, or null if it is not named by one. */
  @Nullable String path() {
    return equals(SAME) || equals(OUTSIDE) ? null : text;
  }
}
