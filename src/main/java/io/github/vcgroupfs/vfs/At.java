package io.github.vcgroupfs.vfs;

import org.jspecify.annotations.Nullable;

/**
 * A path, and where it begins, as the calls {@code openat} and its relatives take it. Immutable.
 *
 * @param directory where a relative path begins; null: at the top of the tree
 * @param path one char for each byte
 */
public record At(@Nullable OpenFile directory, String path) {
  /** An absolute path. */
  public static At path(String path) {
    return new At(null, path);
  }
}
