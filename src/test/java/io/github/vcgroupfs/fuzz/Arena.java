package io.github.vcgroupfs.fuzz;

import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** Memory for the arguments of one call after the other. Of one thread. */
final class Arena {
  private static final int BYTES = 2 << 20;
  private static final int ALIGNMENT = 16;

  private final Pointer memory = Memory.allocateDirect(Runtime.getSystemRuntime(), BYTES);
  private final long base = memory.address();
  private int used;

  /** Forgets what the last call had. */
  void clear() {
    used = 0;
  }

  /** The address of room for so many bytes, with whatever the last call left there. */
  long room(int bytes) {
    int at = used;
    used += (bytes + ALIGNMENT) & -ALIGNMENT;
    if (used > BYTES) {
      throw new IllegalStateException("one call has more than %d bytes".formatted(BYTES));
    }
    return base + at;
  }

  /** The address of a copy of these bytes, with a NUL behind them. */
  long copy(byte[] bytes) {
    long address = room(bytes.length + 1);
    memory.put(address - base, bytes, 0, bytes.length);
    memory.putByte(address - base + bytes.length, (byte) 0);
    return address;
  }

  /** The address of these numbers, eight bytes each. */
  long longs(long... numbers) {
    long address = room(Long.BYTES * numbers.length);
    memory.put(address - base, numbers, 0, numbers.length);
    return address;
  }

  /** The number at an address of this arena, of four bytes. */
  int intAt(long address) {
    return memory.getInt(address - base);
  }
}
