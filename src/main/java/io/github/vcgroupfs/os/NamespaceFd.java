package io.github.vcgroupfs.os;

import static io.github.vcgroupfs.os.Libc.CALLS;
import static io.github.vcgroupfs.os.Libc.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A namespace that is open. Not thread-safe; {@link #close} gives the descriptor back.
 *
 * <p><b>Source:</b> ioctl_ns(2), {@code fs/nsfs.c}.
 */
public final class NamespaceFd implements AutoCloseable {
  private static final long NS_GET_USERNS = 0xb701; // include/uapi/linux/nsfs.h

  private final int fd;

  private NamespaceFd(int fd) {
    this.fd = fd;
  }

  /**
   * Opens a namespace of a thread; null if that is impossible.
   *
   * @param type as in {@code /proc/TID/ns}, such as {@code mnt}
   */
  public static @Nullable NamespaceFd of(int tid, String type) {
    return opened(Libc.open("/proc/" + tid + "/ns/" + type));
  }

  /**
   * The name of a namespace, such as {@code mnt:[4026531841]}; null if it may not be seen.
   *
   * @param task a folder of {@code /proc}: a number, {@code self} or {@code thread-self}
   * @param type as in {@code /proc/TID/ns}
   */
  public static @Nullable String name(String task, String type) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", task, "ns", type)).toString();
    } catch (IOException goneOrForbidden) {
      return null;
    }
  }

  /** The user namespace that owns this one; null if we may not see it. */
  public @Nullable NamespaceFd owner() {
    return opened(result(CALLS.ioctl(fd, NS_GET_USERNS, 0)));
  }

  /** The namespace around this one; null if there is none, or we may not see it. */
  public @Nullable NamespaceFd parent() {
    return opened(Libc.parentNamespace(fd));
  }

  /** Whether both are the same namespace. */
  public boolean isSame(NamespaceFd other) {
    PathFd.Identity own = PathFd.identity(fd);
    PathFd.Identity its = PathFd.identity(other.fd);
    return own != null
        && its != null
        && own.ino() == its.ino()
        && own.device().equals(its.device());
  }

  /** The number of the descriptor, which stays this object's. */
  public int fd() {
    return fd;
  }

  private static @Nullable NamespaceFd opened(int fd) {
    return fd < 0 ? null : new NamespaceFd(fd);
  }

  @Override
  public void close() {
    Libc.close(fd);
  }
}
