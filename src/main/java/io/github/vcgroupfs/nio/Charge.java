package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.injvm.HeldMemory;
import java.io.IOException;

/** Memory that a group is charged with as if one of its processes used it. Thread-safe. */
public final class Charge {
  private final HeldMemory held;
  private final String group;
  private final long bytes;

  Charge(HeldMemory held, String group, long bytes) {
    this.held = held;
    this.group = group;
    this.bytes = bytes;
  }

  /** {@return how many bytes were asked for} */
  public long bytes() {
    return bytes;
  }

  /**
   * Gives the memory back. Further calls do nothing, nor does one when the group is gone.
   *
   * @throws IOException if the file system is closed
   */
  public void release() throws IOException {
    Refusals.order(group, held::release);
  }
}
