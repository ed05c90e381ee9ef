package io.github.vcgroupfs.os;

import static io.github.vcgroupfs.os.Libc.result;

import java.nio.ByteBuffer;

/**
 * Calls of libc that start a program and wait for it. Memory is given by its address, as in {@link
 * SeccompCalls}. Has no state.
 */
public final class SpawnCalls {
  public static final int ATTRIBUTES_BYTES = 1024; // posix_spawnattr_t: 336 with glibc
  public static final int ACTIONS_BYTES = 256; // posix_spawn_file_actions_t: 80 with glibc
  public static final int SIGNAL_SET_BYTES = 128;
  public static final int SIGINFO_BYTES = 128;

  // spawn.h
  private static final short POSIX_SPAWN_SETSIGDEF = 4;
  private static final short POSIX_SPAWN_SETSIGMASK = 8;

  private static final int P_PID = 1;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x1000000;

  private static final String ADD_CLOSE_FROM = "posix_spawn_file_actions_addclosefrom_np";

  private static final NativeLibrary LIBC = Libc.CALLS.library();
  private static final NativeFunction ATTRIBUTES_INIT = LIBC.function("posix_spawnattr_init");
  private static final NativeFunction SET_FLAGS = LIBC.function("posix_spawnattr_setflags");
  private static final NativeFunction SET_MASK = LIBC.function("posix_spawnattr_setsigmask");
  private static final NativeFunction SET_DEFAULT = LIBC.function("posix_spawnattr_setsigdefault");
  private static final NativeFunction ACTIONS_INIT = LIBC.function("posix_spawn_file_actions_init");
  private static final NativeFunction ADD_CLOSE =
      LIBC.function("posix_spawn_file_actions_addclose");
  private static final NativeFunction SPAWN = LIBC.function("posix_spawnp");
  private static final NativeFunction WAITID = LIBC.function("waitid");
  private static final NativeFunction WAITPID = LIBC.function("waitpid");

  private SpawnCalls() {}

  /**
   * Lets a child have no descriptors from a number on.
   *
   * @param actions {@link #ACTIONS_BYTES}, which are filled in
   * @return whether libc can do that; else nothing is filled in
   */
  public static boolean closeFrom(ByteBuffer actions, int from) {
    long at = SeccompCalls.address(actions);
    return LIBC.has(ADD_CLOSE_FROM) // glibc has it since 2.34
        && (int) ACTIONS_INIT.call(at) == 0
        && (int) LIBC.function(ADD_CLOSE_FROM).call(at, from) == 0;
  }

  /**
   * Lets a child close descriptors. One that is not open then is left out, as {@code __spawni} of
   * glibc and musl's {@code posix_spawn} do it.
   *
   * @param actions {@link #ACTIONS_BYTES}, which are filled in
   */
  public static void closeEach(ByteBuffer actions, int... fds) {
    long at = SeccompCalls.address(actions);
    int error = (int) ACTIONS_INIT.call(at);
    for (int i = 0; i < fds.length && error == 0; i++) {
      error = (int) ADD_CLOSE.call(at, fds[i]);
    }
    if (error != 0) { // only ENOMEM
      throw new OutOfMemoryError("posix_spawn_file_actions_addclose: " + Libc.text(-error));
    }
  }

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
    int error = (int) ATTRIBUTES_INIT.call(at);
    if (error == 0) {
      error = (int) SET_FLAGS.call(at, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    }
    if (error == 0) {
      error = (int) SET_MASK.call(at, SeccompCalls.address(none));
    }
    if (error == 0) {
      error = (int) SET_DEFAULT.call(at, SeccompCalls.address(defaults));
    }
    return -error;
  }

  /** Where such actions are, for {@link #spawn}. */
  public static Actions actions(ByteBuffer actions) {
    return new Actions(SeccompCalls.address(actions), actions);
  }

  /**
   * What a child does before it becomes the program. Immutable.
   *
   * @param at where they are
   * @param memory keeps them there
   */
  public record Actions(long at, ByteBuffer memory) {}

  /** As posix_spawnp(3); 0 or a negative errno. */
  public static int spawn(
      long pid, long file, Actions actions, long attributes, long arguments, long environment) {
    return -(int) SPAWN.call(pid, file, actions.at(), attributes, arguments, environment);
  }

  /** Waits until a child has ended, and leaves it as a zombie, so that its number stays its own. */
  public static int awaitEnd(int pid, long siginfo) {
    int status = (int) WAITID.call(P_PID, pid, siginfo, WEXITED | WNOWAIT);
    return result(status);
  }

  /** As waitpid(2) without flags. */
  public static int reap(int pid, long status) {
    int reaped = (int) WAITPID.call(pid, status, 0);
    return result(reaped);
  }
}
