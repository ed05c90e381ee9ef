package io.github.vcgroupfs.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Runs a classic BPF program on a {@code struct seccomp_data}, as {@code kernel/seccomp.c} does,
 * and checks what {@code bpf_check_classic} and {@code seccomp_check_filter} check.
 */
final class FilterMachine {
  private static final int DATA_BYTES = 64;
  private static final int MOST_STEPS = 4096;

  private final ByteBuffer program;
  private final int length;
  private int steps;
  private boolean readsArguments;

  FilterMachine(byte[] bytes) {
    program = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    length = bytes.length / 8;
    check(bytes.length % 8 == 0 && length <= MOST_STEPS, "%d bytes".formatted(bytes.length));
    check(program.getShort(8 * (length - 1)) == 0x06, "the last step is no return");
  }

  /** What the program answers. */
  int run(int number, int arch, long... arguments) {
    ByteBuffer data = ByteBuffer.allocate(DATA_BYTES).order(ByteOrder.nativeOrder());
    data.putInt(number).putInt(arch).putLong(0x1234);
    for (long argument : arguments) {
      data.putLong(argument);
    }
    steps = 0;
    readsArguments = false;
    int accumulator = 0;
    int at = 0;
    while (true) {
      check(at < length, "step %d of %d".formatted(at, length));
      steps++;
      int code = program.getShort(8 * at);
      int whenTrue = program.get(8 * at + 2) & 0xff;
      int whenFalse = program.get(8 * at + 3) & 0xff;
      int value = program.getInt(8 * at + 4);
      at++;
      if (code == 0x06) {
        return value;
      }
      switch (code) {
        case 0x20 -> {
          check(value >= 0 && value < DATA_BYTES && value % 4 == 0, "load of " + value);
          readsArguments |= value >= 16;
          accumulator = data.getInt(value);
        }
        case 0x05 -> at += value;
        case 0x15 -> at += accumulator == value ? whenTrue : whenFalse;
        case 0x35 -> at += Integer.compareUnsigned(accumulator, value) >= 0 ? whenTrue : whenFalse;
        case 0x45 -> at += (accumulator & value) != 0 ? whenTrue : whenFalse;
        default -> check(false, "code %x".formatted(code));
      }
    }
  }

  /** How many the last run took. */
  int steps() {
    return steps;
  }

  /** Whether the last run looked at an argument. */
  boolean readsArguments() {
    return readsArguments;
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
