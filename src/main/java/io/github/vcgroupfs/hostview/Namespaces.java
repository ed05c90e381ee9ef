package io.github.vcgroupfs.hostview;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jnr.constants.platform.Errno;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;

/**
 * What Java cannot do with mounts and processes: a mount namespace for the calling thread, mounts
 * in it, and becoming another program. Loaded on first use, since that takes time. Stateless.
 */
final class Namespaces {
  private static final int CLONE_NEWNS = 0x20000;

  private static final long MS_BIND = 4096;
  private static final long MS_REC = 16384;
  private static final long MS_SLAVE = 1 << 19;

  /** The same on every machine: numbers from 424 on are common. */
  private static final long OPEN_TREE = 428;

  private static final long MOVE_MOUNT = 429;
  private static final long OPEN_TREE_CLONE = 1;
  private static final long OPEN_TREE_CLOEXEC = 02000000;
  private static final long AT_RECURSIVE = 0x8000;
  private static final long MOVE_MOUNT_F_EMPTY_PATH = 4;
  private static final int AT_FDCWD = -100;

  private static final int MNT_DETACH = 2;

  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;
  private static final Path OWN_FILES = Path.of("/proc/self/fd");

  private static final int SIG_SETMASK = 2;
  private static final int SIGSET_BYTES = 128;

  private static final Calls CALLS = LibraryLoader.create(Calls.class).failImmediately().load("c");

  private Namespaces() {}

  /** What is bound; public because the binding implements it from elsewhere. */
  public interface Calls {
    int unshare(int flags);

    int mount(@In byte[] source, @In byte[] target, @In byte[] type, long flags, @In byte[] data);

    int umount2(@In byte[] path, int flags);

    long syscall(long number, long first, Pointer second, long third);

    long syscall(long number, long first, Pointer second, long third, Pointer fourth, long fifth);

    int close(int fd);

    int fcntl(int fd, int command, int argument);

    int kill(int pid, int signal);

    int pthread_sigmask(int how, @In byte[] set, Pointer old);

    int execvp(Pointer file, Pointer arguments);
  }

  /**
   * Gives the calling thread mounts of its own. What the host mounts later is seen in them, what is
   * mounted in them is not seen on the host.
   *
   * @throws FileSystemException if this process may not
   */
  static void unshareMounts() throws FileSystemException {
    require(CALLS.unshare(CLONE_NEWNS), "a mount namespace of its own");
    require(
        CALLS.mount(bytes(""), bytes("/"), bytes(""), MS_REC | MS_SLAVE, bytes("")),
        "the mounts of the host as a slave's");
  }

  /** Makes a directory visible at another one. */
  static void bind(Path from, Path to) throws FileSystemException {
    require(
        CALLS.mount(bytes(from), bytes(to), bytes(""), MS_BIND | MS_REC, bytes("")), to.toString());
  }

  /** An empty file system there. */
  static void tmpfs(Path place) throws FileSystemException {
    require(
        CALLS.mount(bytes("tmpfs"), bytes(place), bytes("tmpfs"), 0, bytes("mode=755")),
        place.toString());
  }

  /**
   * A copy of the mounts at and below a path, which is nowhere yet.
   *
   * @return a descriptor, to be attached and closed
   */
  static int cloneTree(Path path) throws FileSystemException {
    long flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE;
    return require(CALLS.syscall(OPEN_TREE, AT_FDCWD, pointer(path), flags), path.toString());
  }

  /** Attaches such a copy. A place that is a symbolic link is covered itself, not its target. */
  static void attach(int tree, Path place) throws FileSystemException {
    try {
      require(
          CALLS.syscall(
              MOVE_MOUNT, tree, pointer(""), AT_FDCWD, pointer(place), MOVE_MOUNT_F_EMPTY_PATH),
          place.toString());
    } finally {
      CALLS.close(tree);
    }
  }

  /** Takes what is mounted there out of the tree. */
  static void detach(Path place) throws FileSystemException {
    require(CALLS.umount2(bytes(place), MNT_DETACH), place.toString());
  }

  /** Covers a file, or a symbolic link, with a file. */
  static void cover(Path place, Path file) throws FileSystemException {
    attach(cloneTree(file), place);
  }

  /** Sends a signal; one that has no receiver any more is lost. */
  static void kill(long pid, int signal) {
    CALLS.kill(Math.toIntExact(pid), signal);
  }

  /** Lets the files of this JVM, all but the standard three, close when it becomes a program. */
  private static void closeOnExec() {
    String[] names = OWN_FILES.toFile().list();
    for (String name : names == null ? new String[0] : names) {
      int fd = Integer.parseInt(name);
      if (fd > 2) {
        CALLS.fcntl(fd, F_SETFD, FD_CLOEXEC);
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
    List<Pointer> kept = new ArrayList<>();
    Pointer arguments = Memory.allocateDirect(Runtime.getSystemRuntime(), 8 * (words.size() + 1));
    for (int i = 0; i < words.size(); i++) {
      kept.add(pointer(words.get(i)));
      arguments.putPointer(8L * i, kept.get(i));
    }
    arguments.putLong(8L * words.size(), 0);
    closeOnExec();
    CALLS.pthread_sigmask(
        SIG_SETMASK, new byte[SIGSET_BYTES], Pointer.wrap(Runtime.getSystemRuntime(), 0));
    CALLS.execvp(kept.get(0), arguments);
    Errno errno = Errno.valueOf(LastError.getLastError(Runtime.getSystemRuntime()));
    return errno == Errno.ENOENT
        ? new NoSuchFileException(words.get(0))
        : new FileSystemException(words.get(0), null, errno.description());
  }

  private static int require(long returned, String what) throws FileSystemException {
    if (returned < 0) {
      Errno errno = Errno.valueOf(LastError.getLastError(Runtime.getSystemRuntime()));
      throw new FileSystemException(what, null, errno.description());
    }
    return (int) returned;
  }

  private static byte[] bytes(Path path) {
    return bytes(new String(path.toString().getBytes(pathCharset()), ISO_8859_1));
  }

  private static byte[] bytes(String chars) {
    byte[] bytes = chars.getBytes(ISO_8859_1);
    return Arrays.copyOf(bytes, bytes.length + 1); // a NUL behind it
  }

  private static Pointer pointer(Path path) {
    return pointer(new String(path.toString().getBytes(pathCharset()), ISO_8859_1));
  }

  private static Pointer pointer(String chars) {
    byte[] bytes = bytes(chars);
    Pointer memory = Memory.allocateDirect(Runtime.getSystemRuntime(), bytes.length);
    memory.put(0, bytes, 0, bytes.length);
    return memory;
  }

  /** What Java encodes paths with: of the locale, whatever {@code file.encoding} says. */
  private static Charset pathCharset() {
    return Charset.forName(System.getProperty("sun.jnu.encoding"));
  }
}
