package io.github.vcgroupfs.top;

import io.github.vcgroupfs.watch.Snapshot;

/** Something that happens while a picture is shown. */
sealed interface Event {
  /** A character was typed. */
  record Typed(char character) implements Event {}

  /** There is something newer to see. */
  record Seen(Snapshot snapshot) implements Event {}

  /** The last refusal of a group was read. */
  record Told(Detail detail) implements Event {}

  /** What has no more to it. */
  enum Plain implements Event {
    /** The screen has another size. */
    RESIZED,
    /** The shell has let the program go on. */
    CONTINUED,
    /** Nobody can type any more. */
    GONE
  }
}
