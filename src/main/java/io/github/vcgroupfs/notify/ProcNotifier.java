package io.github.vcgroupfs.notify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.cgroup.ClientFile;
import io.github.vcgroupfs.cgroup.EventFd;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.os.DescriptorLimit;
import io.github.vcgroupfs.os.FdInfo;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.MountTable;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.os.ProcReader;
import io.github.vcgroupfs.os.TaskStatus;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Works with eventfds of real processes. It looks at them in {@code /proc/PID/fdinfo} and copies
 * them with {@code pidfd_getfd} (Linux 5.6). {@link Signaller} writes to them.
 *
 * <p>It never opens a client's descriptor, and it copies nothing but eventfds. Another descriptor
 * could belong to a file in our own mount. Then this thread would wait for an answer that only this
 * thread can give.
 *
 * <ul>
 *   <li>Unlike Linux, it is not noticed when a client closes its eventfd. The registration stays
 *       until the process exits or the group is removed. It ends with the process even if another
 *       process has the same eventfd.
 *   <li>Unlike Linux, an event that the counter of an eventfd has no room for is lost. Linux sets
 *       the counter to its maximum.
 *   <li>Unlike Linux, a file is recognised by its inode number and the device of its mount. If that
 *       mount is neither in the client's mount namespace nor in ours, the number alone decides.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class ProcNotifier implements Notifier, AutoCloseable {
  /** A client's write waits that long for its own events: a hand-over takes a thousandth of it. */
  private static final long SETTLE_NS = 50_000_000;

  private static final Pattern NAMELESS = Pattern.compile("[a-z_]+:");

  private final ProcFs proc;
  private final Supplier<String> device;
  private final DescriptorLimit limit = DescriptorLimit.self();
  private final Signaller signaller;

  /**
   * A notifier that reads {@code /proc}.
   *
   * @param device {@code major:minor} of the mount that shows this hierarchy; empty if unknown
   * @param nanoTime a clock for how long a delivery takes, in nanoseconds
   */
  public ProcNotifier(Supplier<String> device, LongSupplier nanoTime) {
    this.signaller = new Signaller(nanoTime);
    this.proc = new ProcReader("/proc");
    this.device = device;
  }

  @Override
  public EventFd open(Caller caller, int fd) throws ErrnoException {
    int pid = requireTask(caller).tgid();
    if (!requireDescriptor(pid, fd).eventFd()) {
      throw Notifier.notAnEventFd(fd);
    }
    int pidfd = Libc.pidfdOpen(pid);
    if (pidfd < 0) {
      throw failure(pidfd, pid, fd);
    }
    if (!isStill(caller, pid)) { // from here on the number cannot mean another process
      Libc.close(pidfd);
      throw unseen(caller);
    }
    int copy = Libc.pidfdGetfd(pidfd, fd);
    if (copy < 0) {
      Libc.close(pidfd);
      throw failure(copy, pid, fd);
    }
    if (limit.isReserved(copy)) {
      Libc.close(pidfd);
      close(copy);
      throw noRoom("%d of %d are in use".formatted(copy, limit.most()));
    }
    // It may have been replaced meanwhile, and closing what it is now may wait for anybody.
    FdInfo fetched = fdInfo("self", copy);
    if (fetched == null || !fetched.eventFd()) {
      Libc.close(pidfd);
      close(copy);
      throw Notifier.notAnEventFd(fd);
    }
    return new FetchedEventFd(signaller, pidfd, copy);
  }

  /** Not by this thread: it may be something else by now. */
  private static void close(int copy) {
    Thread closer = new Thread(() -> Libc.close(copy), "vcgroupfs-close");
    closer.setDaemon(true);
    closer.start();
  }

  @Override
  public ClientFile inspect(Caller caller, int fd) throws ErrnoException {
    TaskStatus task = requireTask(caller);
    int pid = task.tgid();
    FdInfo info = requireDescriptor(pid, fd);
    if (info.ino() == 0) {
      throw new ErrnoException(
          Errno.EOPNOTSUPP,
          "this machine's kernel does not tell inode numbers of descriptors: Linux 5.14 does");
    }
    boolean ours = isOurs(pid, info.mountId()) && !isNameless(pid, fd);
    return new ProcFile(ours ? info.ino() : 0, info.isReadable(), task);
  }

  @Override
  public void settle() {
    signaller.settle(SETTLE_NS);
  }

  /** Ends the threads that deliver events. */
  @Override
  public void close() {
    signaller.close();
  }

  /**
   * The calling thread, whose process has the table of descriptors that is meant. A caller who is
   * killed meanwhile may leave his number to somebody else's thread, so it must have his user id.
   */
  private TaskStatus requireTask(Caller caller) throws ErrnoException {
    TaskStatus status = caller.tid() == 0 ? null : proc.status(caller.tid());
    if (status == null || status.uids().fileSystem() != caller.uid()) {
      throw unseen(caller);
    }
    return status;
  }

  private boolean isStill(Caller caller, int pid) {
    TaskStatus status = proc.status(caller.tid());
    return status != null && status.tgid() == pid && status.uids().fileSystem() == caller.uid();
  }

  private FdInfo requireDescriptor(int pid, int fd) throws ErrnoException {
    FdInfo info = fdInfo(Integer.toString(pid), fd);
    if (info == null || info.isPath()) { // fget() refuses those
      throw Notifier.noSuchDescriptor(fd);
    }
    return info;
  }

  private static @Nullable FdInfo fdInfo(String pid, int fd) throws ErrnoException {
    Path file = Path.of("/proc", pid, "fdinfo", Integer.toUnsignedString(fd));
    try {
      return FdInfo.parse(Files.readString(file, ISO_8859_1));
    } catch (NoSuchFileException closed) {
      return null;
    } catch (AccessDeniedException forbidden) {
      throw forbidden(pid, fd);
    } catch (IOException e) {
      throw new ErrnoException(Errno.ENOMEM, "%s cannot be read now: %s".formatted(file, e));
    }
  }

  private boolean isOurs(int pid, int mountId) {
    String wanted = device.get();
    if (wanted.isEmpty()) {
      return true;
    }
    return MountTable.of(pid)
        .flatMap(table -> table.byId(mountId))
        .or(
            () ->
                MountTable.read().byId(mountId)) // opened in another mount namespace, perhaps ours
        .map(mount -> mount.device().equals(wanted))
        .orElse(true);
  }

  /**
   * Whether it is an eventfd, a pipe, a socket or the like, which may have the inode number of one
   * of our files. The link is only read: that asks no file system.
   */
  private static boolean isNameless(int pid, int fd) {
    try {
      Path link = Path.of("/proc", Integer.toString(pid), "fd", Integer.toString(fd));
      return NAMELESS.matcher(Files.readSymbolicLink(link).toString()).lookingAt();
    } catch (IOException gone) {
      return false; // fdinfo has shown it a moment ago: decided by the number
    }
  }

  private static ErrnoException unseen(Caller caller) {
    return new ErrnoException(
        Errno.EPERM,
        "the caller (thread %d here) cannot be seen in /proc, so its descriptors cannot either: mount"
                .formatted(caller.tid())
            + " from a pid namespace that holds it, without hidepid");
  }

  private static ErrnoException failure(int result, int pid, int fd) {
    if (Errno.EPERM.is(result)) {
      return forbidden(Integer.toString(pid), fd);
    }
    if (Errno.EBADF.is(result) || Errno.ESRCH.is(result)) {
      return Notifier.noSuchDescriptor(fd);
    }
    if (Errno.ENOSYS.is(result)) {
      return new ErrnoException(
          Errno.EOPNOTSUPP,
          "this machine's kernel cannot hand over descriptors (pidfd_getfd): Linux 5.6 can");
    }
    return noRoom(Libc.text(result));
  }

  private static ErrnoException noRoom(String why) {
    return new ErrnoException(
        Errno.ENOMEM,
        "the daemon can hold no more descriptors (%s): let clients exit or raise ulimit -n"
            .formatted(why));
  }

  private static ErrnoException forbidden(String pid, int fd) {
    return new ErrnoException(
        Errno.EPERM,
        "descriptor %s of process %s may not be fetched: mount as root with CAP_SYS_PTRACE; without it the client "
                .formatted(Integer.toUnsignedString(fd), pid)
            + "must be the daemon's user, with no more capabilities, and kernel.yama.ptrace_scope 0");
  }

  /**
   * A file of a client. That a capability reaches into the mount's user namespace cannot be seen;
   * the kernel has said so of a file that is open for reading, and it is so for our root.
   */
  private record ProcFile(long ino, boolean openForReading, TaskStatus client)
      implements ClientFile {
    @Override
    public boolean mayBeRead(int mode, int uid, int gid) {
      return client.mayRead(mode, uid, gid)
          || (client.overridesModes() && (openForReading || client.uids().fileSystem() == 0));
    }
  }
}
