package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.Hierarchy;
import io.github.vcgroupfs.memcg.MemCgroup;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the file system, by path and by handle, as a FUSE server is asked for them. It
 * finds the {@link Node} or {@link OpenFile} and lets that, the row's handler and the hierarchy do
 * the work; {@link Recorder} writes down what was refused or changed.
 *
 * <p>Paths begin with a slash and have one char a byte. Thread-safe. Every operation but {@code
 * release} may throw {@link ErrnoException}; then nothing has changed.
 */
public final class CgroupFs {
  private static final int PERMISSIONS = 07777;
  private static final int DIRECTORY_PERMISSIONS = 0777;

  private final Hierarchy tree;
  private final Clock clock;
  private final FileTable table;
  private final Recorder recorder;
  private final Inodes inodes = new Inodes();
  private final Xattrs xattrs;
  private final Paths paths;
  private final FileStats stats;
  private final Handles handles = new Handles();
  private final RecordedTexts texts = new RecordedTexts();
  private final Caller owner;

  /**
   * A file system over a hierarchy.
   *
   * @param tree what it shows
   * @param served the files that other packages serve
   * @param sizeMode what st_size of control files is
   * @param owner whose the root directory is
   * @param clock the wall clock, for file times and log lines
   * @param faults what {@code sim.fault} makes fail
   */
  public CgroupFs(
      Hierarchy tree,
      Map<Served, ServedFile> served,
      SizeMode sizeMode,
      Caller owner,
      Clock clock,
      Faults faults) {
    this.tree = tree;
    this.owner = owner;
    this.clock = clock;
    this.recorder = new Recorder(tree, clock, faults);
    this.table = FileTable.of(tree.profile(), inodes, recorder, served);
    this.paths = new Paths(tree, table);
    this.stats = new FileStats(tree, sizeMode, inodes, texts);
    this.xattrs = new Xattrs(tree.profile());
    inodes.created(
        tree.root(), tree.profile().files().rootMode(), owner.uid(), owner.gid(), nowNs());
    tree.addGroupListener(inodes::removed);
    tree.addGroupListener(texts::removed);
  }

  /**
   * Brings recorded groups back, parents before their children; the root is there already. What has
   * no model is shown as it was recorded until it is written. Before the mount is served.
   *
   * @param extra names of files that no kernel of ours has, to be shown all the same
   * @return names of recorded files that this mount does not have
   * @throws ErrnoException for a group that this kernel cannot make
   */
  public List<String> restore(List<RecordedGroup> groups, Set<String> extra) throws ErrnoException {
    for (String name : extra) {
      boolean onRoot =
          groups.stream().anyMatch(each -> each.path().length() == 1 && each.hasFile(name));
      boolean elsewhere =
          groups.stream().anyMatch(each -> each.path().length() > 1 && each.hasFile(name));
      RecordedHandler handler = new RecordedHandler();
      Visibility where = Visibility.of(onRoot, elsewhere || groups.size() < 2);
      table.addRecorded(tree.profile(), name, handler, where);
      tree.addGroupListener(handler::removed);
    }
    return new Restorer(tree, table, inodes, texts, nowNs()).restore(groups, owner);
  }

  /** Who mounted. */
  public Caller owner() {
    return owner;
  }

  /** How many files and directories are open: 0 when every handle was given back. */
  public int openHandles() {
    return handles.count();
  }

  /**
   * {@code stat}. ENOENT is not recorded: shells look for names that are not there all the time.
   */
  public Attributes getattr(Caller caller, String path) throws ErrnoException {
    return getattr(() -> caller, path);
  }

  /** The same; who asks is looked up only where that makes a difference. */
  public Attributes getattr(Supplier<Caller> caller, String path) throws ErrnoException {
    Node node = paths.find(path).requireExists();
    MemCgroup group = node.groupOrThrow();
    VisibleFile file = node.file();
    return file == null ? stats.of(group) : stats.of(group, file, caller);
  }

  /** {@code fstat} of an open control file. */
  public Attributes fgetattr(Supplier<Caller> caller, long handle) throws ErrnoException {
    OpenFile open = handles.file(handle);
    return stats.of(open.group(), open.file(), caller);
  }

  /** Opens a directory. */
  public long opendir(Caller caller, String path) throws ErrnoException {
    Node node = paths.find(path);
    return recorder.record(
        subject(Call.OPENDIR, caller, node, null),
        () -> handles.add(new OpenDirectory(node.requireListable().groupOrThrow(), node.file())));
  }

  /** The names in an open directory, {@code .} and {@code ..} aside; none if it was removed. */
  public List<DirectoryEntry> readdir(long handle) throws ErrnoException {
    return handles.directory(handle).entries(table);
  }

  /** {@code .} and {@code ..} of an open directory; the root is its own parent. */
  public List<DirectoryEntry> dots(long handle) throws ErrnoException {
    return handles.directory(handle).dots();
  }

  /** Gives a directory handle back. */
  public void releasedir(long handle) {
    handles.remove(handle);
  }

  /** Opens a control file; returns its handle. */
  public long open(Caller caller, String path, OpenFlags flags) throws ErrnoException {
    Node node = paths.find(path);
    return recorder.record(
        subject(Call.OPEN, caller, node, null),
        () -> {
          VisibleFile file = node.requireControlFile();
          MemCgroup group = node.groupOrThrow();
          if (flags.direct()) {
            throw new ErrnoException(
                Errno.EINVAL, "control files cannot be opened with O_DIRECT; leave the flag out");
          }
          OpenFile open = new OpenFile(tree, group, file, texts);
          open.opened(caller);
          if (flags.truncate()) {
            stats.truncate(group, file, 0, nowNs());
          }
          return handles.add(open);
        });
  }

  /** Reads from an open file: at most that many bytes of its text. */
  public byte[] read(Caller caller, long handle, long offset, int sizeBytes) throws ErrnoException {
    OpenFile open = handles.file(handle);
    return recorder.recordRead(
        new Recorder.Subject(Call.READ, caller, open.group(), open.path(), null),
        sizeBytes,
        mostBytes -> open.read(caller, offset, mostBytes));
  }

  /** Writes to an open file: one write is one command. Returns the bytes taken, which is all. */
  public int write(Caller caller, long handle, byte[] written) throws ErrnoException {
    OpenFile open = handles.file(handle);
    return recorder.record(
        new Recorder.Subject(
            Call.WRITE,
            caller,
            open.group(),
            open.path(),
            new String(written, StandardCharsets.ISO_8859_1)),
        () -> {
          open.write(caller, written);
          return written.length;
        });
  }

  /** Whether poll(2) on an open file says that it changed: PRI and ERR. Data is always ready. */
  public boolean hasNews(long handle) throws ErrnoException {
    return handles.file(handle).hasNews();
  }

  /** Gives a file handle back. */
  public void release(long handle) {
    handles.remove(handle);
  }

  /**
   * {@code truncate} of a control file: it changes the time, and in some kernels the size that
   * {@code stat} shows; what the file holds stays as it is.
   *
   * @param sizeBytes the new size, 0 or more
   */
  public void truncate(Caller caller, String path, long sizeBytes) throws ErrnoException {
    Node node = paths.find(path);
    recorder.record(
        subject(Call.TRUNCATE, caller, node, null),
        () -> {
          VisibleFile file = node.requireControlFile();
          stats.truncate(node.groupOrThrow(), file, sizeBytes, nowNs());
          return true;
        });
  }

  /** {@code ftruncate} of an open control file: as {@link #truncate}. */
  public void ftruncate(long handle, long sizeBytes) throws ErrnoException {
    OpenFile open = handles.file(handle);
    stats.truncate(open.group(), open.file(), sizeBytes, nowNs());
  }

  /** {@code fsync} of an open control file: there is nothing to store. */
  public void fsync(Caller caller, long handle) throws ErrnoException {
    OpenFile open = handles.file(handle);
    recorder.record(
        new Recorder.Subject(Call.FSYNC, caller, open.group(), open.path(), null),
        () -> {
          open.requireSyncable();
          return true;
        });
  }

  /** Makes a group. */
  public void mkdir(Caller caller, String path, int mode) throws ErrnoException {
    Node node = paths.find(path);
    recorder.record(
        subject(Call.MKDIR, caller, node, null),
        () -> {
          String name = node.requireAbsent();
          MemCgroup group = tree.mkdir(node.groupOrThrow(), name);
          inodes.created(group, mode & DIRECTORY_PERMISSIONS, caller.uid(), caller.gid(), nowNs());
          return group;
        });
  }

  /** Removes a group. */
  public void rmdir(Caller caller, String path) throws ErrnoException {
    Node node = paths.find(path);
    recorder.record(
        subject(Call.RMDIR, caller, node, null),
        () -> {
          tree.rmdir(node.requireDirectory());
          return true;
        });
  }

  /** Renames a group below the same parent: {@code cgroup_rename}. */
  public void rename(Caller caller, String from, String to) throws ErrnoException {
    Node source = paths.find(from);
    Node target = paths.find(to);
    recorder.record(
        subject(Call.RENAME, caller, source, to),
        () -> {
          MemCgroup group = source.requireDirectory();
          if (target.isDirectory() && group == target.group()) {
            return true; // its own name
          }
          if (target.file() != null) {
            throw new ErrnoException(
                Errno.ENOTDIR,
                "a group cannot take the place of the control file %s: take another name"
                    .formatted(to));
          }
          String name = target.requireAbsent();
          if (group.parent() != target.group()) {
            throw new ErrnoException(
                Errno.EIO, "a group can only get another name, not another parent");
          }
          tree.rename(group, name);
          return true;
        });
  }

  /** Names that only the kernel makes and removes: each call has its errno. */
  public void refuse(Caller caller, Call call, String path) throws ErrnoException {
    boolean regular = call == Call.CREATE || call == Call.MKNOD;
    refuse(caller, call, path, regular ? Errno.EACCES : Errno.EPERM);
  }

  /**
   * {@code mknod} is refused, too: a regular file as {@code create}, any other as not permitted.
   */
  public void mknod(Caller caller, String path, boolean regular) throws ErrnoException {
    refuse(caller, Call.MKNOD, path, regular ? Errno.EACCES : Errno.EPERM);
  }

  private void refuse(Caller caller, Call call, String path, Errno errno) throws ErrnoException {
    Node node = paths.find(path);
    recorder.record(
        subject(call, caller, node, null),
        () -> {
          throw new ErrnoException(
              errno,
              "control files come and go with their group: mkdir and rmdir are all there is");
        });
  }

  /** Changes permission bits. */
  public void chmod(Caller caller, String path, int mode) throws ErrnoException {
    change(Call.CHMOD, caller, path, inode -> inode.chmod(mode & PERMISSIONS, nowNs()));
  }

  /** Changes owner and group; -1 leaves one as it is. */
  public void chown(Caller caller, String path, int uid, int gid) throws ErrnoException {
    change(Call.CHOWN, caller, path, inode -> inode.chown(uid, gid, nowNs()));
  }

  /** Sets access and modification time, nanoseconds since the epoch. */
  public void utimens(Caller caller, String path, long atimeNs, long mtimeNs)
      throws ErrnoException {
    change(Call.UTIMENS, caller, path, inode -> inode.utimens(atimeNs, mtimeNs, nowNs()));
  }

  /** Sets an extended attribute; flags as in setxattr(2). */
  public void setxattr(Caller caller, String path, String name, byte[] value, int flags)
      throws ErrnoException {
    change(
        Call.SETXATTR,
        caller,
        path,
        inode -> inode.setxattr(xattrs.requireSettable(name), value, flags));
  }

  /** An extended attribute. */
  public byte[] getxattr(Caller caller, String path, String name) throws ErrnoException {
    return look(Call.GETXATTR, caller, path, inode -> inode.getxattr(xattrs.requireKnown(name)));
  }

  /** The names of the extended attributes. */
  public List<String> listxattr(Caller caller, String path) throws ErrnoException {
    return look(Call.LISTXATTR, caller, path, Inode::listxattr);
  }

  /** Removes an extended attribute. */
  public void removexattr(Caller caller, String path, String name) throws ErrnoException {
    change(Call.REMOVEXATTR, caller, path, inode -> inode.removexattr(xattrs.requireKnown(name)));
  }

  /** The text of now in time nanoseconds: what {@code utimensat} with UTIME_NOW means. */
  public long nowNs() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  private void change(Call call, Caller caller, String path, Change change) throws ErrnoException {
    Node node = paths.find(path);
    recorder.record(
        subject(call, caller, node, null),
        () -> {
          MemCgroup group = node.requireExists().groupOrThrow();
          VisibleFile file = node.file();
          change.apply(file == null ? inodes.of(group) : inodes.changeable(group, file));
          return true;
        });
  }

  private <T> T look(Call call, Caller caller, String path, Look<T> look) throws ErrnoException {
    Node node = paths.find(path);
    return recorder.record(
        subject(call, caller, node, null),
        () -> {
          MemCgroup group = node.requireExists().groupOrThrow();
          VisibleFile file = node.file();
          return look.at(file == null ? inodes.of(group) : inodes.readable(group, file));
        });
  }

  private static Recorder.Subject subject(
      Call call, Caller caller, Node node, @Nullable String argument) {
    return new Recorder.Subject(call, caller, node.group(), node.path(), argument);
  }

  private interface Change {
    void apply(Inode inode) throws ErrnoException;
  }

  private interface Look<T> {
    T at(Inode inode) throws ErrnoException;
  }
}
