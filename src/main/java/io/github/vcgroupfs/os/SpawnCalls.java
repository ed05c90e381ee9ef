package io.github.vcgroupfs.os;

import static io.github.vcgroupfs.os.Libc.result;
import static io.github.vcgroupfs.os.SeccompCalls.CALLS;

import java.nio.ByteBuffer;

/**
 * Calls of libc that start a program and wait for it. Memory is given by its address, as in {@link
 * SeccompCalls}. Has no state.
 */
public final class SpawnCalls {
  public static final int ATTRIBUTES_BYTES = 1024; // posix_spawnattr_t: 336 with glibc
  public static final int SIGNAL_SET_BYTES = 128;
  public static final int SIGINFO_BYTES = 128;

  // spawn.h
  private static final short POSIX_SPAWN_SETSIGDEF = 4;
  private static final short POSIX_SPAWN_SETSIGMASK = 8;

  private static final int P_PID = 1;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x1000000;

  private SpawnCalls() {}

  /**
   * Fills in attributes: no signal is blocked, and these have their default action. Others that
   * have a handler get the default by exec; what is ignored stays ignored.
   *
   * @param attributes {@link #ATTRIBUTES_BYTES}
   * @param none a set of signals, empty
   * @param defaults another set
   * @return 0, or a negative errno
   */
  public static int initialize(ByteBuffer attributes, ByteBuffer none, ByteBuffer defaults) {
    long at = SeccompCalls.address(attributes);
    int error = CALLS.posix_spawnattr_init(at);
    if (error == 0) {
      error =
          CALLS.posix_spawnattr_setflags(
              at, (short) (POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK));
    }
    if (error == 0) {
      error = CALLS.posix_spawnattr_setsigmask(at, SeccompCalls.address(none));
    }
    if (error == 0) {
      error = CALLS.posix_spawnattr_setsigdefault(at, SeccompCalls.address(defaults));
    }
    return -error;
  }

  /** As posix_spawnp(3); 0 or a negative errno. */
  public static int spawn(long pid, long file, long attributes, long arguments, long environment) {
    return -CALLS.posix_spawnp(pid, file, null, attributes, arguments, environment);
  }

  /** Waits until a child has ended, and leaves it as a zombie, so that its number stays its own. */
  public static int awaitEnd(int pid, long siginfo) {
    return result(CALLS.waitid(P_PID, pid, siginfo, WEXITED | WNOWAIT));
  }

  /** As waitpid(2) without flags. */
  public static int reap(int pid, long status) {
    return result(CALLS.waitpid(pid, status, 0));
  }
}
