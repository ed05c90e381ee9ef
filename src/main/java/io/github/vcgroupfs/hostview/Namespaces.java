package io.github.vcgroupfs.hostview;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.MountCalls;
import io.github.vcgroupfs.os.NativeText;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The steps that {@link HostView} is made of: a mount namespace for the calling thread, mounts in
 * it, and becoming another program. Has no state.
 */
public final class Namespaces {
  private static final int CLONE_NEWNS = 0x20000;

  private static final long MS_BIND = 4096;
  private static final long MS_REC = 16384;
  private static final long MS_SLAVE = 1 << 19;

  private static final Path OWN_FILES = Path.of("/proc/self/fd");
  private static final int LAST_STANDARD_FD = 2;

  private Namespaces() {}

  /**
   * Gives the calling thread mounts of its own. What the host mounts later is seen in them, what is
   * mounted in them is not seen on the host.
   *
   * @throws FileSystemException if this process may not
   */
  public static void unshareMounts() throws FileSystemException {
    require(Libc.unshare(CLONE_NEWNS), "a mount namespace of its own");
    require(Libc.mount("", "/", "", MS_REC | MS_SLAVE, ""), "the mounts of the host as a slave's");
  }

  /** Makes a directory visible at another one. */
  static void bind(Path from, Path to) throws FileSystemException {
    require(Libc.mount(bytes(from), bytes(to), "", MS_BIND | MS_REC, ""), to.toString());
  }

  /** An empty file system there. */
  public static void tmpfs(Path place) throws FileSystemException {
    require(Libc.mount("tmpfs", bytes(place), "tmpfs", 0, "mode=755"), place.toString());
  }

  /**
   * A copy of the mounts at and below a path, which is nowhere yet.
   *
   * @return a descriptor, to be attached and closed
   */
  static int cloneTree(Path path) throws FileSystemException {
    return require(MountCalls.openTree(bytes(path)), path.toString());
  }

  /** Attaches such a copy. A place that is a symbolic link is covered itself, not its target. */
  static void attach(int tree, Path place) throws FileSystemException {
    try {
      require(MountCalls.moveMount(tree, bytes(place)), place.toString());
    } finally {
      Libc.close(tree);
    }
  }

  /** Takes what is mounted there out of the tree. */
  public static void detach(Path place) throws FileSystemException {
    require(Libc.umount2(bytes(place), Libc.MNT_DETACH), place.toString());
  }

  /** Covers a file, or a symbolic link, with a file. */
  static void cover(Path place, Path file) throws FileSystemException {
    attach(cloneTree(file), place);
  }

  /** Sends a signal; one that has no receiver any more is lost. */
  static void kill(long pid, int signal) {
    Libc.kill(Math.toIntExact(pid), signal);
  }

  /** Lets the files of this JVM, all but the standard three, close when it becomes a program. */
  private static void closeOnExec() {
    String[] names = OWN_FILES.toFile().list();
    for (String name : names == null ? new String[0] : names) {
      int fd = Integer.parseInt(name);
      if (fd > LAST_STANDARD_FD) {
        Libc.closeOnExec(fd);
      }
    }
  }

  /**
   * Becomes another program, with the process id of this one. The other threads end. Blocked
   * signals are a matter of this JVM: none is blocked afterwards. Files but the standard three are
   * closed.
   *
   * @param words the program, which is looked up on PATH, and its arguments; one char a byte
   * @return why it did not work, with the name of the program; it returns only then
   */
  static FileSystemException exec(List<String> words) {
    closeOnExec();
    Libc.unblockSignals();
    int result = Libc.execvp(words);
    return Errno.ENOENT.is(result)
        ? new NoSuchFileException(words.get(0))
        : new FileSystemException(words.get(0), null, Libc.text(result));
  }

  private static int require(int result, String what) throws FileSystemException {
    if (result < 0) {
      throw new FileSystemException(what, null, Libc.text(result));
    }
    return result;
  }

  private static String bytes(Path path) {
    return NativeText.toBytes(path.toString());
  }
}
