package io.github.vcgroupfs.os;

import static io.github.vcgroupfs.os.Libc.result;
import static io.github.vcgroupfs.os.SeccompCalls.CALLS;

import java.nio.ByteBuffer;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

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

  /** Null with a libc that does not have it: glibc has since 2.34. */
  private static final @Nullable CloseFrom CLOSE_FROM = closeFrom();

  private SpawnCalls() {}

  /** The C functions for descriptors of a child. Public because the binding implements it. */
  public interface CloseFrom {
    int posix_spawn_file_actions_init(long actions);

    int posix_spawn_file_actions_addclosefrom_np(long actions, int from);
  }

  private static @Nullable CloseFrom closeFrom() {
    try {
      return LibraryLoader.create(CloseFrom.class).failImmediately().load("c");
    } catch (UnsatisfiedLinkError e) {
      return null;
    }
  }

  /**
   * Lets a child have no descriptors from a number on.
   *
   * @param actions {@link #ACTIONS_BYTES}, which are filled in
   * @return whether libc can do that; else nothing is filled in
   */
  public static boolean closeFrom(ByteBuffer actions, int from) {
    long at = SeccompCalls.address(actions);
    return CLOSE_FROM != null
        && CLOSE_FROM.posix_spawn_file_actions_init(at) == 0
        && CLOSE_FROM.posix_spawn_file_actions_addclosefrom_np(at, from) == 0;
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

  /** Where such actions are, for {@link #spawn}. */
  public static Actions actions(@Nullable ByteBuffer actions) {
    return new Actions(actions == null ? null : Pointer.wrap(Runtime.getSystemRuntime(), actions));
  }

  /**
   * What a child does before it becomes the program. Immutable.
   *
   * @param at null for nothing
   */
  public record Actions(@Nullable Pointer at) {}

  /** As posix_spawnp(3); 0 or a negative errno. */
  public static int spawn(
      long pid, long file, Actions actions, long attributes, long arguments, long environment) {
    return -CALLS.posix_spawnp(pid, file, actions.at(), attributes, arguments, environment);
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
