package io.github.vcgroupfs.seccomp;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds calls by their numbers. Immutable. */
final class CallTable {
  private final Map<Arch, Map<Integer, Call>> calls = new EnumMap<>(Arch.class);

  CallTable() {
    for (Arch arch : Arch.values()) {
      Map<Integer, Call> ofArch = new HashMap<>();
      for (Call call : Call.values()) {
        ofArch.put(call.number(arch), call);
      }
      ofArch.remove(Call.NONE);
      calls.put(arch, Map.copyOf(ofArch));
    }
  }

  /** The call with that number; null if it is none of ours. */
  @Nullable Call call(Arch arch, int number) {
    return calls.getOrDefault(arch, Map.of()).get(number);
  }
}
