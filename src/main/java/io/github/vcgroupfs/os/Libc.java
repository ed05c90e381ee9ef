package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/**
 * The few calls of libc that Java does not have, each returning 0 or more, or a negative errno.
 * Loaded on first use, since that takes time. Paths have one char a byte. Stateless.
 */
public final class Libc {
  /** Transport endpoint is not connected: the daemon of a FUSE mount is gone. */
  public static final int ENOTCONN = 107;

  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EWOULDBLOCK = 11;
  public static final int EBUSY = 16;
  public static final int EINVAL = 22;

  public static final int MNT_DETACH = 2;
  public static final int UMOUNT_NOFOLLOW = 8;

  public static final int LOCK_EX_NB = 2 | 4;

  private static final int O_CLOEXEC = 02000000;
  private static final int STATFS_BYTES = 256; // 120 on 64-bit machines

  private static final Calls CALLS = LibraryLoader.create(Calls.class).failImmediately().load("c");

  private Libc() {}

  /** What is bound; public because the binding implements it from elsewhere. */
  public interface Calls {
    int umount2(@In byte[] path, int flags);

    int statfs(@In byte[] path, @Out byte[] result);

    int open(@In byte[] path, int flags);

    int flock(int fd, int operation);

    int close(int fd);
  }

  /** Binds the calls now, so that the first one is fast. */
  public static void load() {
    // The static initializer does it.
  }

  public static int umount2(String path, int flags) {
    return result(CALLS.umount2(bytes(path), flags));
  }

  /** Asks the file system of a path for its numbers: FUSE must ask its daemon. May hang. */
  public static int statfs(String path) {
    return result(CALLS.statfs(bytes(path), new byte[STATFS_BYTES]));
  }

  /** Opens for reading; directories, too. */
  public static int open(String path) {
    return result(CALLS.open(bytes(path), O_CLOEXEC));
  }

  public static int flock(int fd, int operation) {
    return result(CALLS.flock(fd, operation));
  }

  public static int close(int fd) {
    return result(CALLS.close(fd));
  }

  private static int result(int returned) {
    return returned >= 0 ? returned : -LastError.getLastError(Runtime.getSystemRuntime());
  }

  private static byte[] bytes(String path) {
    byte[] bytes = path.getBytes(ISO_8859_1);
    return Arrays.copyOf(bytes, bytes.length + 1); // a NUL behind it
  }
}
