package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroupfs.call.CallSubject;
import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.cgroupfs.fault.FaultFile;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.file.FileSources;
import io.github.vcgroupfs.cgroupfs.file.FileTable;
import io.github.vcgroupfs.cgroupfs.file.MountFiles;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.cgroupfs.file.VisibleFile;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.cgroupfs.inode.Inodes;
import io.github.vcgroupfs.cgroupfs.journal.Recorder;
import io.github.vcgroupfs.cgroupfs.path.Node;
import io.github.vcgroupfs.cgroupfs.path.Paths;
import io.github.vcgroupfs.cgroupfs.restore.RecordedGroup;
import io.github.vcgroupfs.cgroupfs.restore.RecordedTexts;
import io.github.vcgroupfs.cgroupfs.restore.Restorer;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The operations of the file system, by path and by handle, as a FUSE server is asked for them. An
 * operation finds the {@link Node} or the {@link OpenFile} and leaves the work to that, to the
 * row's handler and to the hierarchy; {@link CallRunner} does what comes before and after.
 *
 * <p>Paths begin with a slash and have one char a byte. Thread-safe. Every operation but {@code
 * release} may throw {@link ErrnoException}; then nothing has changed.
 */
public final class CgroupFs {
  private final Clock clock;
  private final Caller owner;
  private final MountFiles mount;
  private final Inodes inodes = new Inodes();
  private final RecordedTexts texts = new RecordedTexts();
  private final Handles handles = new Handles();
  private final Paths paths;
  private final FileStats stats;
  private final AttributeCalls attributes;
  private final GroupCalls groups;
  private final CallRunner runner;

  /**
   * A file system over a hierarchy.
   *
   * @param tree what it shows
   * @param sources the rows of its files, and what other packages serve
   * @param sizeMode what st_size of control files is
   * @param owner whose the root directory is: the user who mounted
   * @param clock the wall clock, for file times and log lines
   * @param faults what {@code sim.fault} makes fail
   */
  public CgroupFs(
      CgroupTree tree,
      FileSources sources,
      SizeMode sizeMode,
      Caller owner,
      Clock clock,
      Faults faults) {
    this.owner = owner;
    this.clock = clock;
    Recorder recorder = new Recorder(tree, clock);
    this.mount = mount(tree, sources, recorder, faults);
    this.runner = new CallRunner(tree, faults, recorder);
    this.paths = new Paths(tree, mount.table());
    this.stats = new FileStats(mount, texts, sizeMode);
    this.attributes = new AttributeCalls(runner, inodes, new Xattrs(tree.profile()));
    this.groups = new GroupCalls(tree, inodes);
    inodes.created(
        tree.root(), tree.profile().files().rootMode(), owner.uid(), owner.gid(), nowNs());
    tree.addGroupListener(faults::removed);
    tree.addGroupListener(inodes::removed);
    tree.addGroupListener(texts::removed);
  }

  private MountFiles mount(CgroupTree tree, FileSources sources, Recorder recorder, Faults faults) {
    Map<Served, ServedFile> served = new EnumMap<>(Served.class);
    served.putAll(sources.served());
    served.put(Served.WHY, (group, caller) -> recorder.why(group));
    served.put(Served.JOURNAL, (group, caller) -> recorder.journal());
    Set<Served> names = EnumSet.copyOf(served.keySet());
    names.add(Served.FAULT);
    FileTable table = new FileTable(tree.profile(), sources.rows(), names);
    served.put(Served.FAULT, new FaultFile(faults, table));
    return new MountFiles(tree, table, inodes, served);
  }

  /**
   * Brings recorded groups back, parents before their children; the root is there already. What has
   * no model is shown as it was recorded until it is written. Before the mount is served.
   *
   * @param extra names of files that no kernel of ours has, to be shown all the same
   * @return names of recorded files that this mount does not have
   * @throws ErrnoException for a group that this kernel cannot make, ENOSPC for too many extra
   *     files
   */
  public List<String> restore(List<RecordedGroup> recorded, Set<String> extra)
      throws ErrnoException {
    return new Restorer(mount, texts, owner, nowNs()).restore(recorded, extra);
  }

  /** The user who mounted, and who owns the root directory. */
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
    Cgroup group = node.groupOrThrow();
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
    return runner.run(
        subject(FsCall.OPENDIR, caller, node),
        () -> handles.add(new OpenDirectory(node.requireListable().groupOrThrow(), node.file())));
  }

  /** The names in an open directory, {@code .} and {@code ..} aside; none if it was removed. */
  public List<DirectoryEntry> readdir(long handle) throws ErrnoException {
    return handles.directory(handle).entries(mount);
  }

  /** {@code .} and {@code ..} of an open directory; the root is its own parent. */
  public List<DirectoryEntry> dots(long handle) throws ErrnoException {
    return handles.directory(handle).dots(inodes);
  }

  /** Gives a directory handle back. */
  public void releasedir(long handle) {
    handles.remove(handle);
  }

  /** Opens a control file; returns its handle. */
  public long open(Caller caller, String path, OpenFlags flags) throws ErrnoException {
    Node node = paths.find(path);
    return runner.run(
        subject(FsCall.OPEN, caller, node),
        () -> {
          VisibleFile file = node.requireControlFile();
          Cgroup group = node.groupOrThrow();
          if (flags.direct()) {
            throw new ErrnoException(
                Errno.EINVAL, "control files cannot be opened with O_DIRECT; leave the flag out");
          }
          OpenFile open = new OpenFile(mount, group, file, texts);
          open.opened(caller);
          if (flags.truncate()) {
            inodes.changeable(group, file).truncated(nowNs());
          }
          return handles.add(open);
        });
  }

  /** Reads from an open file: at most that many bytes of its text. */
  public byte[] read(Caller caller, long handle, long offset, int sizeBytes) throws ErrnoException {
    OpenFile open = handles.file(handle);
    return runner.run(
        new CallSubject(FsCall.READ, caller, open.group(), open.path(), null),
        sizeBytes,
        mostBytes -> open.read(caller, offset, mostBytes));
  }

  /** Writes to an open file: one write is one command. Returns the bytes taken, which is all. */
  public int write(Caller caller, long handle, byte[] written) throws ErrnoException {
    OpenFile open = handles.file(handle);
    return runner.run(
        new CallSubject(
            FsCall.WRITE,
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

  /** {@code truncate} and {@code ftruncate} succeed and change nothing but the time. */
  public void truncate(Caller caller, String path) throws ErrnoException {
    Node node = paths.find(path);
    runner.run(
        subject(FsCall.TRUNCATE, caller, node),
        () -> {
          inodes.changeable(node.groupOrThrow(), node.requireControlFile()).truncated(nowNs());
          return true;
        });
  }

  /** {@code ftruncate} of an open control file: as {@link #truncate}. */
  public void ftruncate(long handle) throws ErrnoException {
    OpenFile open = handles.file(handle);
    inodes.changeable(open.group(), open.file()).truncated(nowNs());
  }

  /** Makes a group. */
  public void mkdir(Caller caller, String path, int mode) throws ErrnoException {
    Node node = paths.find(path);
    runner.run(
        subject(FsCall.MKDIR, caller, node), () -> groups.mkdir(node, caller, mode, nowNs()));
  }

  /** Removes a group. */
  public void rmdir(Caller caller, String path) throws ErrnoException {
    Node node = paths.find(path);
    runner.run(subject(FsCall.RMDIR, caller, node), () -> groups.rmdir(node));
  }

  /** Renames a group below the same parent: {@code cgroup_rename}. */
  public void rename(Caller caller, String from, String to) throws ErrnoException {
    Node source = paths.find(from);
    Node target = paths.find(to);
    runner.run(
        new CallSubject(FsCall.RENAME, caller, source.group(), from, to),
        () -> groups.rename(source, target));
  }

  /** Names that only the kernel makes and removes: each call has its errno. */
  public void refuse(Caller caller, FsCall call, String path) throws ErrnoException {
    boolean regular = call == FsCall.CREATE || call == FsCall.MKNOD;
    refuse(caller, call, path, regular ? Errno.EACCES : Errno.EPERM);
  }

  /**
   * {@code mknod} is refused, too: a regular file as {@code create}, any other as not permitted.
   */
  public void mknod(Caller caller, String path, boolean regular) throws ErrnoException {
    refuse(caller, FsCall.MKNOD, path, regular ? Errno.EACCES : Errno.EPERM);
  }

  private void refuse(Caller caller, FsCall call, String path, Errno errno) throws ErrnoException {
    runner.run(subject(call, caller, paths.find(path)), () -> GroupCalls.refuse(errno));
  }

  /** Changes permission bits. */
  public void chmod(Caller caller, String path, int mode) throws ErrnoException {
    attributes.chmod(caller, paths.find(path), mode, nowNs());
  }

  /** Changes owner and group; -1 leaves one as it is. */
  public void chown(Caller caller, String path, int uid, int gid) throws ErrnoException {
    attributes.chown(caller, paths.find(path), uid, gid, nowNs());
  }

  /** Sets access and modification time, nanoseconds since the epoch. */
  public void utimens(Caller caller, String path, long atimeNs, long mtimeNs)
      throws ErrnoException {
    attributes.utimens(caller, paths.find(path), atimeNs, mtimeNs, nowNs());
  }

  /** Sets an extended attribute; flags as in setxattr(2). */
  public void setxattr(Caller caller, String path, String name, byte[] value, int flags)
      throws ErrnoException {
    attributes.setxattr(caller, paths.find(path), name, value, flags);
  }

  /** An extended attribute. */
  public byte[] getxattr(Caller caller, String path, String name) throws ErrnoException {
    return attributes.getxattr(caller, paths.find(path), name);
  }

  /** The names of the extended attributes. */
  public List<String> listxattr(Caller caller, String path) throws ErrnoException {
    return attributes.listxattr(caller, paths.find(path));
  }

  /** Removes an extended attribute. */
  public void removexattr(Caller caller, String path, String name) throws ErrnoException {
    attributes.removexattr(caller, paths.find(path), name);
  }

  /** The time of now, nanoseconds since the epoch: what UTIME_NOW of {@code utimensat} means. */
  public long nowNs() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  /** A call on what a path leads to. */
  static CallSubject subject(FsCall call, Caller caller, Node node) {
    return new CallSubject(call, caller, node.group(), node.path(), null);
  }
}
