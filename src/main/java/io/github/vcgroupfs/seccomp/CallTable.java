package io.github.vcgroupfs.seccomp;

import org.jspecify.annotations.Nullable;

/** Finds calls by their numbers. Immutable. */
final class CallTable {
  private static final int NUMBERS = 512;

  private final @Nullable Call[][] calls = new Call[Arch.values().length][NUMBERS];

  CallTable() {
    for (Call call : Call.values()) {
      for (Arch arch : Arch.values()) {
        if (call.number(arch) >= 0) {
          calls[arch.ordinal()][call.number(arch)] = call;
        }
      }
    }
  }

  /** The call with that number; null if it is none of ours. */
  @Nullable Call call(Arch arch, int number) {
    return number >= 0 && number < NUMBERS ? calls[arch.ordinal()][number] : null;
  }
}
