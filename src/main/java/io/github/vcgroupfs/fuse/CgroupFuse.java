package io.github.vcgroupfs.fuse;

import io.github.vcgroupfs.cgroupfs.DirectoryEntry;
import io.github.vcgroupfs.cgroupfs.FileCalls;
import io.github.vcgroupfs.cgroupfs.OpenFlags;
import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.Struct;
import org.jspecify.annotations.Nullable;
import ru.serce.jnrfuse.FuseFillDir;
import ru.serce.jnrfuse.FuseStubFS;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.FuseContext;
import ru.serce.jnrfuse.struct.FuseFileInfo;
import ru.serce.jnrfuse.struct.FusePollhandle;
import ru.serce.jnrfuse.struct.Statvfs;
import ru.serce.jnrfuse.struct.Timespec;

/**
 * The operations that libfuse calls. Each is one line: through {@link Dispatcher} to {@link
 * FileCalls}. An operation that is not overridden here is not registered at all: libfuse and the
 * kernel then do the right thing by themselves ({@code flush} and {@code access} succeed, {@code
 * fallocate} is EOPNOTSUPP), and a call per open is saved.
 *
 * <p>Paths and names have one char a byte, since the daemon's default charset is ISO-8859-1. The
 * path is null where a handle is given, see {@link #takeHandles}. Called by all threads that serve,
 * at the same time.
 */
final class CgroupFuse extends FuseStubFS {
  private static final int S_IFMT = 0170000;
  private static final int S_IFREG = 0100000;
  private static final int O_TRUNC = 01000;

  /** O_DIRECT differs between machines: {@code arch/arm64/include/uapi/asm/fcntl.h} and generic. */
  private static final int O_DIRECT =
      "aarch64".equals(System.getProperty("os.arch")) ? 0200000 : 040000;

  /** {@code getattr} to {@code bmap}, with the two that are obsolete. */
  private static final int OPERATIONS_BEFORE_FLAGS = 38;

  private final FuseSession.Library sessions;

  private final Listings listings = new Listings();

  private volatile @Nullable FileCalls served;
  private volatile @Nullable FuseSession present;
  private volatile Runnable onInit = () -> {};

  /**
   * Loads libfuse.
   *
   * @throws UnsatisfiedLinkError if there is no libfuse 2
   */
  CgroupFuse() {
    sessions = FuseSession.Library.load();
    takeHandles();
  }

  /**
   * What to serve; before {@link #run}.
   *
   * @param whenInit called when the kernel and libfuse have agreed, from a thread that serves
   */
  void serve(FileCalls files, Runnable whenInit) {
    served = files;
    onInit = whenInit;
  }

  /**
   * Mounts, and serves until the mount is gone.
   *
   * @param arguments those of {@code fuse_main}
   * @param threads how many threads are kept for calls; more are added while calls wait
   * @return whether it was mounted
   */
  boolean run(List<String> arguments, int threads) {
    // Not mount() of the superclass: it adds a shutdown hook that is never removed, and a random
    // name; and the threads of fuse_main are not ours.
    Optional<FuseSession> mounted = FuseSession.mount(sessions, arguments, fuseOperations);
    mounted.ifPresent(
        session -> {
          present = session;
          new FuseThreads(session, waits(), threads, threads + FuseThreads.MOST_WAITING).run();
          session.tearDown();
        });
    return mounted.isPresent();
  }

  /** Whether the kernel has a mount of this object. */
  boolean isConnected() {
    FuseSession session = present;
    return session != null && session.isConnected();
  }

  private FuseThreads.Waits waits() {
    FileCalls files = files();
    return new FuseThreads.Waits() {
      @Override
      public void interrupt(Thread carrier) {
        files.interrupt(carrier);
      }

      @Override
      public void abort() {
        files.abort();
      }
    };
  }

  /** Loads the classes that operations need. */
  void rehearse() {
    getattr("/", new FileStat(Runtime.getSystemRuntime()));
    FuseFileInfo file = FuseFileInfo.of(Memory.allocateDirect(Runtime.getSystemRuntime(), 64));
    Pointer buffer = Memory.allocateDirect(Runtime.getSystemRuntime(), 4096);
    if (opendir("/", file) == 0) {
      releasedir(null, file);
    }
    getxattr("/", "user.none", buffer, 4096);
    statfs("/", Statvfs.of(buffer));
  }

  @Override
  public Pointer init(Pointer connection) {
    Dispatcher.call(
        "init",
        null,
        () -> {
          onInit.run();
          return 0;
        });
    return connection;
  }

  @Override
  public int getattr(String path, FileStat stat) {
    return Dispatcher.call(
        "getattr", path, () -> Stats.fill(stat, files().getattr(this::caller, path)));
  }

  @Override
  public int fgetattr(@Nullable String path, FileStat stat, FuseFileInfo file) {
    return Dispatcher.call(
        "fgetattr", path, () -> Stats.fill(stat, files().fgetattr(this::caller, fh(file))));
  }

  @Override
  public int readlink(String path, Pointer buffer, long size) {
    return Dispatcher.call(
        "readlink", path, () -> Buffers.putText(buffer, size, files().readlink(path)));
  }

  @Override
  public int statfs(@Nullable String path, Statvfs statvfs) {
    return Dispatcher.call("statfs", path, () -> Stats.fill(statvfs));
  }

  @Override
  public int open(String path, FuseFileInfo file) {
    return Dispatcher.call(
        "open", path, () -> handle(file, files().open(caller(), path, flags(file))));
  }

  @Override
  public int read(@Nullable String path, Pointer to, long size, long offset, FuseFileInfo file) {
    return Dispatcher.call(
        "read",
        path,
        () -> Buffers.put(to, files().read(caller(), fh(file), offset, Buffers.toInt(size))));
  }

  @Override
  public int write(@Nullable String path, Pointer from, long size, long offset, FuseFileInfo file) {
    return Dispatcher.call(
        "write",
        path,
        () -> files().write(caller(), fh(file), Buffers.bytes(from, Buffers.toInt(size))));
  }

  @Override
  public int release(@Nullable String path, FuseFileInfo file) {
    return Dispatcher.call("release", path, () -> done(() -> files().release(fh(file))));
  }

  @Override
  public int poll(
      @Nullable String path, FuseFileInfo file, FusePollhandle handle, Pointer revents) {
    return Dispatcher.call("poll", path, () -> Buffers.putPoll(revents, files().hasNews(fh(file))));
  }

  @Override
  public int truncate(String path, long size) {
    return Dispatcher.call(
        "truncate", path, () -> done(() -> files().truncate(caller(), path, size)));
  }

  @Override
  public int ftruncate(@Nullable String path, long size, FuseFileInfo file) {
    return Dispatcher.call("ftruncate", path, () -> done(() -> files().ftruncate(fh(file), size)));
  }

  /** Asked for by fsync(2) and fdatasync(2) alone: no other call gets slower by it. */
  @Override
  public int fsync(@Nullable String path, int dataOnly, FuseFileInfo file) {
    return Dispatcher.call("fsync", path, () -> done(() -> files().fsync(caller(), fh(file))));
  }

  @Override
  public int opendir(String path, FuseFileInfo file) {
    return Dispatcher.call("opendir", path, () -> handle(file, files().opendir(caller(), path)));
  }

  @Override
  public int readdir(
      @Nullable String path, Pointer buffer, FuseFillDir filler, long offset, FuseFileInfo file) {
    long handle = fh(file);
    return Dispatcher.call(
        "readdir",
        path,
        () -> listings.fill(handle, offset, buffer, filler, () -> entries(handle)));
  }

  @Override
  public int releasedir(@Nullable String path, FuseFileInfo file) {
    listings.forget(fh(file));
    return Dispatcher.call("releasedir", path, () -> done(() -> files().releasedir(fh(file))));
  }

  @Override
  public int mkdir(String path, long mode) {
    return Dispatcher.call(
        "mkdir", path, () -> done(() -> files().mkdir(caller(), path, (int) mode)));
  }

  @Override
  public int rmdir(String path) {
    return Dispatcher.call("rmdir", path, () -> done(() -> files().rmdir(caller(), path)));
  }

  @Override
  public int rename(String from, String to) {
    return Dispatcher.call("rename", from, () -> done(() -> files().rename(caller(), from, to)));
  }

  @Override
  public int create(String path, long mode, FuseFileInfo file) {
    return Dispatcher.call("create", path, () -> refuse(FsCall.CREATE, path));
  }

  @Override
  public int mknod(String path, long mode, long device) {
    boolean regular = (mode & S_IFMT) == S_IFREG;
    return Dispatcher.call("mknod", path, () -> done(() -> files().mknod(caller(), path, regular)));
  }

  @Override
  public int unlink(String path) {
    return Dispatcher.call("unlink", path, () -> refuse(FsCall.UNLINK, path));
  }

  @Override
  public int symlink(String target, String path) {
    return Dispatcher.call("symlink", path, () -> refuse(FsCall.SYMLINK, path));
  }

  @Override
  public int link(String target, String path) {
    return Dispatcher.call("link", path, () -> refuse(FsCall.LINK, path));
  }

  @Override
  public int chmod(String path, long mode) {
    return Dispatcher.call(
        "chmod", path, () -> done(() -> files().chmod(caller(), path, (int) mode)));
  }

  @Override
  public int chown(String path, long uid, long gid) {
    return Dispatcher.call(
        "chown", path, () -> done(() -> files().chown(caller(), path, (int) uid, (int) gid)));
  }

  @Override
  public int utimens(String path, Timespec[] times) {
    return Dispatcher.call("utimens", path, () -> done(() -> touch(path, times)));
  }

  @Override
  public int setxattr(String path, String name, Pointer value, long size, int flags) {
    return Dispatcher.call(
        "setxattr",
        path,
        () ->
            done(
                () ->
                    files()
                        .setxattr(
                            caller(),
                            path,
                            name,
                            Buffers.bytes(value, Buffers.toInt(size)),
                            flags)));
  }

  @Override
  public int getxattr(String path, String name, Pointer value, long size) {
    return Dispatcher.call(
        "getxattr", path, () -> Xattr.answer(value, size, files().getxattr(caller(), path, name)));
  }

  @Override
  public int listxattr(String path, Pointer list, long size) {
    return Dispatcher.call(
        "listxattr",
        path,
        () -> Xattr.answer(list, size, Xattr.joined(files().listxattr(caller(), path))));
  }

  @Override
  public int removexattr(String path, String name) {
    return Dispatcher.call(
        "removexattr", path, () -> done(() -> files().removexattr(caller(), path, name)));
  }

  /**
   * Sets three flags that jnr-fuse has only as padding ({@code struct fuse_operations}):
   * nullpath_ok, so that calls on a handle of a removed group reach us and are ENODEV, where
   * libfuse by itself says ENOENT; nopath, so that no path is made where a handle is there;
   * utime_omit_ok, so that UTIME_NOW and UTIME_OMIT are passed on.
   */
  private void takeHandles() {
    long flags = (long) OPERATIONS_BEFORE_FLAGS * Runtime.getSystemRuntime().addressSize();
    Struct.getMemory(fuseOperations).putByte(flags, (byte) 0b111);
  }

  private FileCalls files() {
    return Objects.requireNonNull(served);
  }

  /** Who calls: copied at once, since the context is only valid inside the callback. */
  private Caller caller() {
    FuseContext context = getContext();
    return new Caller(context.uid.intValue(), context.gid.intValue(), context.pid.intValue());
  }

  private int refuse(FsCall call, String path) throws ErrnoException {
    files().refuse(caller(), call, path);
    return 0;
  }

  private List<DirectoryEntry> entries(long handle) throws ErrnoException {
    List<DirectoryEntry> entries = new ArrayList<>(files().dots(handle));
    entries.addAll(files().readdir(handle));
    return entries;
  }

  private void touch(String path, Timespec[] times) throws ErrnoException {
    Attributes.Times old = files().getattr(this::caller, path).times();
    long nowNs = files().nowNs();
    files()
        .utimens(
            caller(),
            path,
            Times.chosen(times[0], nowNs, old.atimeNs()),
            Times.chosen(times[1], nowNs, old.mtimeNs()));
  }

  private static OpenFlags flags(FuseFileInfo file) {
    int flags = file.flags.intValue();
    return new OpenFlags((flags & O_TRUNC) != 0, (flags & O_DIRECT) != 0);
  }

  private static long fh(FuseFileInfo file) {
    return file.fh.longValue();
  }

  private static int handle(FuseFileInfo file, long handle) {
    file.fh.set(handle);
    return 0;
  }

  private static int done(Action action) throws ErrnoException {
    action.run();
    return 0;
  }

  private interface Action {
    void run() throws ErrnoException;
  }
}
