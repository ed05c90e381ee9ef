package io.github.vcgroupfs.fuse;

import io.github.vcgroupfs.cgroupfs.DirectoryEntry;
import io.github.vcgroupfs.cgroupfs.FileCalls;
import io.github.vcgroupfs.cgroupfs.OpenFlags;
import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.os.NativeMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operations that libfuse calls. Each is one line: through {@link Dispatcher} to {@link
 * FileCalls}. An operation that is missing here is not in the table of {@link Operations} either:
 * libfuse and the kernel then do the right thing by themselves ({@code flush} and {@code access}
 * succeed, {@code fallocate} is EOPNOTSUPP), and a call per open is saved.
 *
 * <p>Paths and names have one char a byte, since the daemon's default charset is ISO-8859-1. The
 * operations on a handle get no path, see {@link Operations}. Called by all threads that serve, at
 * the same time.
 */
final class CgroupFuse {
  private static final int S_IFMT = 0170000;
  private static final int S_IFREG = 0100000;
  private static final int O_TRUNC = 01000;

  /** O_DIRECT differs between machines: {@code arch/arm64/include/uapi/asm/fcntl.h} and generic. */
  private static final int O_DIRECT =
      "aarch64".equals(System.getProperty("os.arch")) ? 0200000 : 040000;

  /** More than a {@code struct fuse_file_info} has. */
  private static final int FILE_BYTES = 64;

  private static final int BUFFER_BYTES = 4096;

  private final FuseFunctions library = new FuseFunctions();

  private final Listings listings = new Listings();

  private volatile @Nullable OperationTable operations;
  private volatile @Nullable FileCalls served;
  private volatile @Nullable FuseSession present;
  private volatile Runnable onInit = () -> {};

  /**
   * Loads libfuse.
   *
   * @throws UnsatisfiedLinkError if there is no libfuse 2
   */
  CgroupFuse() {}

  /** How libfuse calls this object; before {@link #run}. */
  void calledBy(OperationTable table) {
    operations = table;
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
    Optional<FuseSession> mounted =
        FuseSession.mount(library, arguments, Objects.requireNonNull(operations));
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
    try (NativeMemory stat = NativeMemory.allocate(Layout.STAT_BYTES);
        NativeMemory file = NativeMemory.allocate(FILE_BYTES);
        NativeMemory buffer = NativeMemory.allocate(BUFFER_BYTES)) {
      getattr("/", stat);
      if (opendir("/", file) == 0) {
        releasedir(file);
      }
      getxattr("/", "user.none", buffer, BUFFER_BYTES);
      statfs(buffer);
    }
  }

  void init() {
    Dispatcher.call(
        "init",
        null,
        () -> {
          onInit.run();
          return 0;
        });
  }

  int getattr(String path, NativeMemory stat) {
    return Dispatcher.call(
        "getattr", path, () -> Stats.fill(stat, files().getattr(this::caller, path)));
  }

  int fgetattr(NativeMemory stat, NativeMemory file) {
    return Dispatcher.call(
        "fgetattr", null, () -> Stats.fill(stat, files().fgetattr(this::caller, fh(file))));
  }

  int readlink(String path, NativeMemory buffer, long size) {
    return Dispatcher.call(
        "readlink", path, () -> Buffers.putText(buffer, size, files().readlink(path)));
  }

  int statfs(NativeMemory statvfs) {
    return Dispatcher.call("statfs", null, () -> Stats.fillVfs(statvfs));
  }

  int open(String path, NativeMemory file) {
    return Dispatcher.call(
        "open", path, () -> handle(file, files().open(caller(), path, flags(file))));
  }

  int read(NativeMemory to, long size, long offset, NativeMemory file) {
    return Dispatcher.call(
        "read",
        null,
        () -> Buffers.put(to, files().read(caller(), fh(file), offset, Buffers.toInt(size))));
  }

  int write(NativeMemory from, long size, NativeMemory file) {
    return Dispatcher.call(
        "write", null, () -> files().write(caller(), fh(file), from.bytes(Buffers.toInt(size))));
  }

  int release(NativeMemory file) {
    return Dispatcher.call("release", null, () -> done(() -> files().release(fh(file))));
  }

  int poll(NativeMemory file, NativeMemory revents) {
    return Dispatcher.call("poll", null, () -> Buffers.putPoll(revents, files().hasNews(fh(file))));
  }

  int truncate(String path, long size) {
    return Dispatcher.call(
        "truncate", path, () -> done(() -> files().truncate(caller(), path, size)));
  }

  int ftruncate(long size, NativeMemory file) {
    return Dispatcher.call("ftruncate", null, () -> done(() -> files().ftruncate(fh(file), size)));
  }

  /** Asked for by fsync(2) and fdatasync(2) alone: no other call gets slower by it. */
  int fsync(NativeMemory file) {
    return Dispatcher.call("fsync", null, () -> done(() -> files().fsync(caller(), fh(file))));
  }

  int opendir(String path, NativeMemory file) {
    return Dispatcher.call("opendir", path, () -> handle(file, files().opendir(caller(), path)));
  }

  int readdir(Listings.Filler filler, long offset, NativeMemory file) {
    long handle = fh(file);
    return Dispatcher.call(
        "readdir", null, () -> listings.fill(handle, offset, filler, () -> entries(handle)));
  }

  int releasedir(NativeMemory file) {
    listings.forget(fh(file));
    return Dispatcher.call("releasedir", null, () -> done(() -> files().releasedir(fh(file))));
  }

  int mkdir(String path, int mode) {
    return Dispatcher.call("mkdir", path, () -> done(() -> files().mkdir(caller(), path, mode)));
  }

  int rmdir(String path) {
    return Dispatcher.call("rmdir", path, () -> done(() -> files().rmdir(caller(), path)));
  }

  int rename(String from, String to) {
    return Dispatcher.call("rename", from, () -> done(() -> files().rename(caller(), from, to)));
  }

  int create(String path) {
    return Dispatcher.call("create", path, () -> refuse(FsCall.CREATE, path));
  }

  int mknod(String path, int mode) {
    boolean regular = (mode & S_IFMT) == S_IFREG;
    return Dispatcher.call("mknod", path, () -> done(() -> files().mknod(caller(), path, regular)));
  }

  int unlink(String path) {
    return Dispatcher.call("unlink", path, () -> refuse(FsCall.UNLINK, path));
  }

  int symlink(String path) {
    return Dispatcher.call("symlink", path, () -> refuse(FsCall.SYMLINK, path));
  }

  int link(String path) {
    return Dispatcher.call("link", path, () -> refuse(FsCall.LINK, path));
  }

  int chmod(String path, int mode) {
    return Dispatcher.call("chmod", path, () -> done(() -> files().chmod(caller(), path, mode)));
  }

  int chown(String path, int uid, int gid) {
    return Dispatcher.call(
        "chown", path, () -> done(() -> files().chown(caller(), path, uid, gid)));
  }

  int utimens(String path, NativeMemory times) {
    return Dispatcher.call("utimens", path, () -> done(() -> touch(path, times)));
  }

  int setxattr(String path, String name, NativeMemory value, long size, int flags) {
    return Dispatcher.call(
        "setxattr",
        path,
        () ->
            done(
                () ->
                    files()
                        .setxattr(caller(), path, name, value.bytes(Buffers.toInt(size)), flags)));
  }

  int getxattr(String path, String name, NativeMemory value, long size) {
    return Dispatcher.call(
        "getxattr", path, () -> Xattr.answer(value, size, files().getxattr(caller(), path, name)));
  }

  int listxattr(String path, NativeMemory list, long size) {
    return Dispatcher.call(
        "listxattr",
        path,
        () -> Xattr.answer(list, size, Xattr.joined(files().listxattr(caller(), path))));
  }

  int removexattr(String path, String name) {
    return Dispatcher.call(
        "removexattr", path, () -> done(() -> files().removexattr(caller(), path, name)));
  }

  private FileCalls files() {
    return Objects.requireNonNull(served);
  }

  /** Who calls: copied at once, since the context is only valid inside the callback. */
  private Caller caller() {
    NativeMemory context = library.context();
    return new Caller(
        context.getInt(Layout.CALLER_UID),
        context.getInt(Layout.CALLER_GID),
        context.getInt(Layout.CALLER_PID));
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

  private void touch(String path, NativeMemory times) throws ErrnoException {
    Attributes.Times old = files().getattr(this::caller, path).times();
    long nowNs = files().nowNs();
    files()
        .utimens(
            caller(),
            path,
            Times.chosen(times, 0, nowNs, old.atimeNs()),
            Times.chosen(times, 1, nowNs, old.mtimeNs()));
  }

  private static OpenFlags flags(NativeMemory file) {
    int flags = file.getInt(Layout.FILE_FLAGS);
    return new OpenFlags((flags & O_TRUNC) != 0, (flags & O_DIRECT) != 0);
  }

  private static long fh(NativeMemory file) {
    return file.getLong(Layout.FILE_HANDLE);
  }

  private static int handle(NativeMemory file, long handle) {
    file.putLong(Layout.FILE_HANDLE, handle);
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
