package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.kernel.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Calls of libc that Java does not have. Each returns 0 or more, or a negative errno: see {@link
 * Errno#is} and {@link #text}. Libc is loaded on first use, because that takes time. Paths and
 * other strings have one char for each byte. Has no state.
 */
public final class Libc {
  // include/uapi/linux/fs.h, include/linux/fs.h, include/uapi/asm-generic/fcntl.h
  public static final int MNT_DETACH = 2;
  public static final int UMOUNT_NOFOLLOW = 8;
  public static final int LOCK_EX_NB = 2 | 4;

  /** The same on every machine: numbers from 424 on are common. */
  private static final long PIDFD_SEND_SIGNAL = 424;

  private static final long PIDFD_OPEN = 434;
  private static final long PIDFD_GETFD = 438;

  /** {@code include/uapi/linux/nsfs.h}. */
  private static final long NS_GET_PARENT = 0xb702;

  /** {@code include/uapi/asm-generic/fcntl.h}, the same on all machines we know. */
  private static final int O_CLOEXEC = 02000000;

  private static final int O_WRONLY = 1;
  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;

  // include/linux/posix-timers_types.h: the clock of a process is its id, negated, and a kind
  private static final int CLOCK_SHIFT = 3;
  private static final int CPUCLOCK_SCHED = 2;

  private static final short POLLIN = 1;
  private static final short POLLOUT = 4;
  private static final short POLLERR = 8;

  private static final int SIG_SETMASK = 2;
  private static final int SIGSET_BYTES = 128;

  private static final int STATFS_BYTES = 256; // 120 on 64-bit machines
  private static final int POINTER_BYTES = 8;

  static final LibcFunctions CALLS = new LibcFunctions();

  private Libc() {}

  /** Binds the calls now, so that the first one is fast. */
  public static void load() {
    // The static initializer does it.
  }

  /** The text of {@code strerror(3)} for a negative errno. If there is none here, its number. */
  public static String text(int result) {
    return Errno.ofNumber(-result).map(Errno::text).orElse("errno " + -result);
  }

  // --- files -----------------------------------------------------------------------------------

  /** Opens a file or a directory for reading, with close-on-exec. */
  public static int open(String path) {
    return result(CALLS.open(bytes(path), O_CLOEXEC, 0));
  }

  /**
   * Opens a file, writes a text in one piece, and closes it. Returns the errno of the step that
   * failed.
   */
  public static int write(String path, String text) {
    int fd = result(CALLS.open(bytes(path), O_CLOEXEC | O_WRONLY, 0));
    if (fd < 0) {
      return fd;
    }
    byte[] bytes = text.getBytes(ISO_8859_1);
    int written = result(CALLS.write(fd, bytes, bytes.length));
    close(fd);
    return written;
  }

  public static int close(int fd) {
    return result(CALLS.close(fd));
  }

  /** Makes a descriptor close when this process becomes another program. */
  public static int closeOnExec(int fd) {
    return result(CALLS.fcntl(fd, F_SETFD, FD_CLOEXEC));
  }

  public static int mkdir(String path) {
    return result(CALLS.mkdir(bytes(path), 0755));
  }

  public static int rmdir(String path) {
    return result(CALLS.rmdir(bytes(path)));
  }

  public static int flock(int fd, int operation) {
    return result(CALLS.flock(fd, operation));
  }

  /**
   * Asks for the numbers of the file system that a path is on. A FUSE file system has to ask its
   * daemon, so this may hang.
   */
  public static int statfs(String path) {
    return result(CALLS.statfs(bytes(path), new byte[STATFS_BYTES]));
  }

  // --- mounts ----------------------------------------------------------------------------------

  public static int unshare(int flags) {
    return result(CALLS.unshare(flags));
  }

  /** As mount(2). An argument that does not matter is an empty string. */
  public static int mount(String source, String target, String type, long flags, String data) {
    return result(CALLS.mount(bytes(source), bytes(target), bytes(type), flags, bytes(data)));
  }

  public static int umount2(String path, int flags) {
    return result(CALLS.umount2(bytes(path), flags));
  }

  // --- processes -------------------------------------------------------------------------------

  /** The namespace that one lies in, close-on-exec. */
  static int parentNamespace(int fd) {
    return result(CALLS.ioctl(fd, NS_GET_PARENT, 0));
  }

  /** Opens a descriptor for a process, with close-on-exec. */
  public static int pidfdOpen(int pid) {
    return result(CALLS.syscall(PIDFD_OPEN, pid, 0, 0));
  }

  /** Copies a descriptor of that process into this one, with close-on-exec. */
  public static int pidfdGetfd(int pidfd, int fd) {
    return result(CALLS.syscall(PIDFD_GETFD, pidfd, Integer.toUnsignedLong(fd), 0));
  }

  /** Sends a signal to the process of a descriptor. */
  public static int pidfdSendSignal(int pidfd, int signal) {
    // no siginfo, no flags
    return result(CALLS.syscall(PIDFD_SEND_SIGNAL, pidfd, signal, null, null, 0));
  }

  /** Sets the file-system user id of this thread; returns the one of before, in any case. */
  static int setfsuid(int uid) {
    return CALLS.setfsuid(uid);
  }

  /** Sets the file-system group id of this thread; returns the one of before, in any case. */
  static int setfsgid(int gid) {
    return CALLS.setfsgid(gid);
  }

  public static int kill(int pid, int signal) {
    return result(CALLS.kill(pid, signal));
  }

  /**
   * Ends this process at once: no shutdown hook runs. {@link System#exit} waits 0.3 s for threads
   * that are in native code (HotSpot's VM_Exit), as ours always are.
   */
  public static void exit(int status) {
    CALLS.exit(status);
  }

  /** Lets the calling thread receive all signals again. */
  public static int unblockSignals() {
    return -CALLS.pthreadSigmask(SIG_SETMASK, new byte[SIGSET_BYTES]);
  }

  /**
   * Becomes another program.
   *
   * @param words the program, which is looked up on PATH, and its arguments
   * @return why it did not work, a negative errno; if it works, this does not return
   */
  public static int execvp(List<String> words) {
    NativeMemory arguments = NativeMemory.allocate(POINTER_BYTES * (words.size() + 1));
    List<NativeMemory> kept = new ArrayList<>(List.of(arguments));
    for (int i = 0; i < words.size(); i++) {
      NativeMemory word = NativeMemory.text(words.get(i));
      kept.add(word);
      arguments.putLong((long) POINTER_BYTES * i, word.address());
    }
    int failed = result(CALLS.execvp(arguments.getLong(0), arguments.address()));
    kept.forEach(NativeMemory::close);
    return failed;
  }

  /**
   * How long all threads of a process have run, also those that have ended, in nanoseconds: {@code
   * clock_getcpuclockid(3)}. A negative errno if there is no such process.
   */
  public static long processClockNs(int pid) {
    byte[] time = new byte[2 * Long.BYTES];
    int clock = (~pid << CLOCK_SHIFT) | CPUCLOCK_SCHED;
    int failed = result(CALLS.clockGettime(clock, time));
    ByteBuffer seconds = ByteBuffer.wrap(time).order(ByteOrder.nativeOrder());
    return failed < 0
        ? failed
        : TimeUnit.SECONDS.toNanos(seconds.getLong(0)) + seconds.getLong(Long.BYTES);
  }

  // --- events ----------------------------------------------------------------------------------

  /** Whether a read would not have to wait. For a pidfd: whether the process has exited. */
  public static boolean isReadable(int fd) {
    return poll(fd, POLLIN);
  }

  /** Whether a write of 1 to an eventfd would not have to wait. */
  public static boolean isWritable(int fd) {
    return poll(fd, POLLOUT);
  }

  /** Whether nothing works any more. For a connection to FUSE: whether its mount is gone. */
  public static boolean hasFailed(int fd) {
    return poll(fd, POLLERR);
  }

  private static boolean poll(int fd, short events) {
    ByteBuffer pollfd = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
    pollfd.putInt(fd).putShort(events);
    int ready = CALLS.poll(pollfd.array(), 1, 0);
    return ready > 0 && (pollfd.getShort(6) & events) != 0;
  }

  /** Adds to the counter of an eventfd. */
  public static int add(int eventFd, long value) {
    byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(value).array();
    return result(CALLS.write(eventFd, bytes, bytes.length));
  }

  static int result(long returned) {
    return returned >= 0 ? (int) returned : -NativeFunction.errno();
  }

  static byte[] bytes(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return Arrays.copyOf(bytes, bytes.length + 1); // a NUL behind it
  }
}
