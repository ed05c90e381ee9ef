package io.github.vcgroupfs.nio;

import java.nio.file.Path;

/** What a mount cannot do for a test, and what would work instead. */
final class OnMount {
  private OnMount() {}

  /** Something needs a hierarchy in this JVM. */
  static UnsupportedOperationException cannot(String what, String instead) {
    return new UnsupportedOperationException(
        "%s needs a hierarchy in the JVM; on a mount: %s".formatted(what, instead));
  }

  /** A file of ours is not there. */
  static UnsupportedOperationException strict(Path file) {
    return new UnsupportedOperationException(
        "%s is not there, for the mount is strict: leave strict out".formatted(file));
  }
}
