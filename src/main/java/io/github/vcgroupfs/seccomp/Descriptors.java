package io.github.vcgroupfs.seccomp;

import io.github.vcgroupfs.os.SeccompCalls;
import io.github.vcgroupfs.os.SpawnCalls;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How a child comes to have none of our descriptors but the standard three. Java wants that for all
 * of its own, but does not say so to the kernel for every one.
 *
 * <p>It is always the child that closes them. Our own stay as they are: to mark them close-on-exec
 * would take them away from a child that another thread is starting at that moment. Has no state.
 */
final class Descriptors {
  private static final Path OWN = Path.of("/proc/thread-self/fd");
  private static final int LAST_STANDARD = 2;

  private Descriptors() {}

  /** What a child has to do for that, in the best way that this machine's libc has. */
  static SpawnCalls.Actions closing() {
    ByteBuffer memory = SeccompCalls.memory(SpawnCalls.ACTIONS_BYTES);
    return SpawnCalls.closeFrom(memory, LAST_STANDARD + 1)
        ? SpawnCalls.actions(memory)
        : closingEach();
  }

  /** The same with a list of those that are open now: for glibc before 2.34. */
  static SpawnCalls.Actions closingEach() {
    String[] names = OWN.toFile().list();
    int[] fds =
        Arrays.stream(names == null ? new String[0] : names)
            .mapToInt(Integer::parseInt)
            .filter(fd -> fd > LAST_STANDARD)
            .toArray();
    ByteBuffer memory = SeccompCalls.memory(SpawnCalls.ACTIONS_BYTES);
    SpawnCalls.closeEach(memory, fds);
    return SpawnCalls.actions(memory);
  }
}
