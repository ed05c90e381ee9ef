package io.github.vcgroupfs.seccomp;

import org.jspecify.annotations.Nullable;

/**
 * How a program calls the kernel: which numbers the calls have. One process may do so in several
 * ways, for instance a 64-bit one with the 32-bit instruction. {@code include/uapi/linux/audit.h}.
 */
public enum Arch {
  X86_64(0xc000003e),
  I386(0x40000003),
  AARCH64(0xc00000b7);

  private final int audit;

  Arch(int audit) {
    this.audit = audit;
  }

  /** The number that a filter sees. */
  int audit() {
    return audit;
  }

  /** The arch with that number; null for one that no filter of ours asks about. */
  static @Nullable Arch of(int audit) {
    for (Arch each : values()) {
      if (each.audit == audit) {
        return each;
      }
    }
    return null;
  }
}
