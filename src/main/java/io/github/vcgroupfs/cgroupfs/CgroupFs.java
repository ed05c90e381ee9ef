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
import io.github.vcgroupfs.cgroupfs.restore.RecordedMembers;
import io.github.vcgroupfs.cgroupfs.restore.RecordedTexts;
import io.github.vcgroupfs.cgroupfs.restore.Restorer;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.rights.Sharing;
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
 * The file system of one hierarchy: what {@code open}, {@code read}, {@code mkdir} and so on do. A
 * FUSE server calls these methods, with a path or with a handle.
 *
 * <p>A method finds the {@link Node} for the path, or the {@link OpenFile} for the handle. The work
 * is done by that object, by the handler of the file, and by the hierarchy. {@link CallRunner} does
 * what comes before and after each call.
 *
 * <p>Paths begin with a slash and have one char for each byte. Thread-safe. Every method but {@code
 * release} and {@code releasedir} may throw {@link ErrnoException}; then nothing has changed.
 */
public final class CgroupFs implements FileCalls {
  private final Clock clock;
  private final Caller owner;
  private final MountFiles mount;
  private final Inodes inodes;
  private final RecordedTexts texts = new RecordedTexts();
  private final Handles handles = new Handles();
  private final Paths paths;
  private final FileStats stats;
  private final AttributeCalls attributes;
  private final GroupCalls groups;
  private final CallRunner runner;
  private final Faults faults;
  private final CallControl control;

  /**
   * A file system that shows a hierarchy.
   *
   * @param tree the hierarchy
   * @param sources the rows of its files, and the files that other packages serve
   * @param sizeMode what st_size of control files is
   * @param sharing who owns the root directory, which is the user who mounted, and what others may
   * @param clock the wall clock, for file times and log lines
   * @param faults the calls that {@code sim.fault} makes fail
   */
  public CgroupFs(
      CgroupTree tree,
      FileSources sources,
      SizeMode sizeMode,
      Sharing sharing,
      Clock clock,
      Faults faults) {
    this.inodes = new Inodes(sources.hierarchyIndex());
    this.owner = sharing.rights().owner();
    this.clock = clock;
    this.faults = faults;
    Recorder recorder = new Recorder(tree, clock);
    this.mount = mount(tree, sources, recorder, faults, sharing);
    this.runner = new CallRunner(tree, faults, recorder);
    this.control = new CallControl(runner, faults, mount, owner);
    this.paths = new Paths(tree, mount.table());
    this.stats = new FileStats(mount, texts, sizeMode);
    this.attributes = new AttributeCalls(runner, inodes, new Xattrs(tree.profile()));
    this.groups = new GroupCalls(mount);
    inodes.created(
        tree.root(), tree.profile().files().rootMode(), owner.uid(), owner.gid(), nowNs());
    tree.addGroupListener(group -> faults.removed(group, sharing.quotas()));
    tree.addGroupListener(mount::groupRemoved);
    tree.addGroupListener(texts::removed);
  }

  private MountFiles mount(
      CgroupTree tree, FileSources sources, Recorder recorder, Faults faults, Sharing sharing) {
    Map<Served, ServedFile> served = new EnumMap<>(Served.class);
    served.putAll(sources.served());
    served.put(
        Served.WHY, (group, caller) -> recorder.why(group, Onlooker.of(mount, paths, caller)));
    served.put(
        Served.JOURNAL, (group, caller) -> recorder.journal(Onlooker.of(mount, paths, caller)));
    served.put(Served.QUOTA, (group, caller) -> sharing.quotas().text(caller));
    GroupsFile.addTo(served, () -> mount, texts);
    Set<Served> names = EnumSet.copyOf(served.keySet());
    names.add(Served.FAULT);
    FileTable table = new FileTable(tree.profile(), sources.rows(), names);
    served.put(Served.FAULT, new FaultFile(faults, table));
    return new MountFiles(tree, table, inodes, served, sharing);
  }

  /**
   * Restores recorded groups. In the list, parents come before their children; the root exists
   * already. A file without a model shows the recorded text until it is written. Call this before
   * the mount is served.
   *
   * @param extra names of files that no kernel profile has, and that are shown anyway
   * @return names of recorded files that this mount does not have
   * @throws ErrnoException for a group that this kernel cannot make, ENOSPC for too many extra
   *     files
   */
  public List<String> restore(
      List<RecordedGroup> recorded, Set<String> extra, RecordedMembers members)
      throws ErrnoException {
    return new Restorer(mount, texts, owner, nowNs()).restore(recorded, extra, members);
  }

  /** The user who mounted. The root directory belongs to this user. */
  public Caller owner() {
    return owner;
  }

  /** What whoever made this file system can do beside calls. */
  public CallControl control() {
    return control;
  }

  /** How many files and directories are open. 0 when every handle has been released. */
  public int openHandles() {
    return handles.count();
  }

  /** {@code stat}. A missing path is not recorded: shells look for missing names all the time. */
  public Attributes getattr(Caller caller, String path) throws ErrnoException {
    return getattr(() -> caller, path);
  }

  @Override
  public Attributes getattr(Supplier<Caller> caller, String path) throws ErrnoException {
    Node node = paths.find(path).requireExists();
    Cgroup group = node.groupOrThrow();
    VisibleFile file = node.file();
    Attributes found = file == null ? stats.of(group) : stats.of(group, file, caller);
    if (!group.isAlive()) { // removed meanwhile, and its attributes with it
      throw new ErrnoException(Errno.ENOENT, path + " was removed: ls shows what there is");
    }
    return found;
  }

  @Override
  public Attributes fgetattr(Supplier<Caller> caller, long handle) throws ErrnoException {
    OpenFile open = handles.file(handle);
    return stats.of(open.group(), open.file(), caller);
  }

  @Override
  public String readlink(String path) throws ErrnoException {
    paths.find(path).requireExists();
    throw new ErrnoException(Errno.EINVAL, path + " is no symbolic link: open it");
  }

  @Override
  public long opendir(Caller caller, String path) throws ErrnoException {
    Node node = paths.find(path);
    return runner.run(
        FsCall.OPENDIR,
        caller,
        node,
        () -> handles.add(new OpenDirectory(node.requireListable().groupOrThrow(), node.file())));
  }

  @Override
  public List<DirectoryEntry> readdir(long handle) throws ErrnoException {
    return handles.directory(handle).entries(mount);
  }

  @Override
  public List<DirectoryEntry> dots(long handle) throws ErrnoException {
    return handles.directory(handle).dots(inodes);
  }

  @Override
  public void releasedir(long handle) {
    handles.remove(handle);
  }

  @Override
  public long open(Caller caller, String path, OpenFlags flags) throws ErrnoException {
    Node node = paths.find(path);
    return runner.run(
        FsCall.OPEN,
        caller,
        node,
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
            stats.truncate(group, file, 0, nowNs());
          }
          return handles.add(open);
        });
  }

  @Override
  public byte[] read(Caller caller, long handle, long offset, int sizeBytes) throws ErrnoException {
    OpenFile open = handles.file(handle);
    return runner.run(
        new CallSubject(FsCall.READ, caller, open.group(), open.path(), null),
        sizeBytes,
        mostBytes -> open.read(caller, offset, mostBytes));
  }

  @Override
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

  @Override
  public boolean hasNews(long handle) throws ErrnoException {
    return handles.file(handle).hasNews();
  }

  @Override
  public void llseek(long handle) throws ErrnoException {
    handles.file(handle).requireSeekable();
  }

  @Override
  public void release(long handle) {
    handles.remove(handle);
  }

  @Override
  public void truncate(Caller caller, String path, long sizeBytes) throws ErrnoException {
    Node node = paths.find(path);
    runner.run(FsCall.TRUNCATE, caller, node, () -> stats.truncate(node, sizeBytes, nowNs()));
  }

  @Override
  public void ftruncate(long handle, long sizeBytes) throws ErrnoException {
    OpenFile open = handles.file(handle);
    stats.truncate(open.group(), open.file(), sizeBytes, nowNs());
  }

  @Override
  public void fsync(Caller caller, long handle) throws ErrnoException {
    OpenFile open = handles.file(handle);
    runner.run(
        new CallSubject(FsCall.FSYNC, caller, open.group(), open.path(), null),
        () -> {
          open.requireSyncable();
          return true;
        });
  }

  @Override
  public void mkdir(Caller caller, String path, int mode) throws ErrnoException {
    Node node = paths.find(path);
    runner.run(FsCall.MKDIR, caller, node, () -> groups.mkdir(node, caller, mode, nowNs()));
  }

  @Override
  public void rmdir(Caller caller, String path) throws ErrnoException {
    Node node = paths.find(path);
    runner.run(FsCall.RMDIR, caller, node, () -> groups.rmdir(node, nowNs()));
  }

  @Override
  public void rename(Caller caller, String from, String to) throws ErrnoException {
    Node source = paths.find(from);
    Node target = paths.find(to);
    runner.run(
        new CallSubject(FsCall.RENAME, caller, source.group(), from, to),
        () -> groups.rename(source, target));
  }

  /** {@code rename} to a path in another hierarchy of the mount: it always throws. */
  void renameElsewhere(Caller caller, String from, String to) throws ErrnoException {
    CallSubject subject =
        new CallSubject(FsCall.RENAME, caller, paths.find(from).group(), from, to);
    runner.run(
        subject,
        () -> {
          throw GroupCalls.leaving(to);
        });
  }

  @Override
  public void refuse(Caller caller, FsCall call, String path) throws ErrnoException {
    boolean regular = call == FsCall.CREATE || call == FsCall.MKNOD;
    refuse(caller, call, path, regular ? Errno.EACCES : Errno.EPERM);
  }

  @Override
  public void mknod(Caller caller, String path, boolean regular) throws ErrnoException {
    refuse(caller, FsCall.MKNOD, path, regular ? Errno.EACCES : Errno.EPERM);
  }

  private void refuse(Caller caller, FsCall call, String path, Errno errno) throws ErrnoException {
    runner.run(
        call,
        caller,
        paths.find(path),
        () -> {
          throw GroupCalls.refusal(errno);
        });
  }

  @Override
  public void chmod(Caller caller, String path, int mode) throws ErrnoException {
    attributes.chmod(caller, paths.find(path), mode, nowNs());
  }

  @Override
  public void chown(Caller caller, String path, int uid, int gid) throws ErrnoException {
    attributes.chown(caller, paths.find(path), uid, gid, nowNs());
  }

  @Override
  public void utimens(Caller caller, String path, long atimeNs, long mtimeNs)
      throws ErrnoException {
    attributes.utimens(caller, paths.find(path), atimeNs, mtimeNs, nowNs());
  }

  @Override
  public void setxattr(Caller caller, String path, String name, byte[] value, int flags)
      throws ErrnoException {
    attributes.setxattr(caller, paths.find(path), name, value, flags);
  }

  @Override
  public byte[] getxattr(Caller caller, String path, String name) throws ErrnoException {
    return attributes.getxattr(caller, paths.find(path), name);
  }

  @Override
  public List<String> listxattr(Caller caller, String path) throws ErrnoException {
    return attributes.listxattr(caller, paths.find(path));
  }

  @Override
  public void removexattr(Caller caller, String path, String name) throws ErrnoException {
    attributes.removexattr(caller, paths.find(path), name);
  }

  @Override
  public String someFile() {
    return "/" + mount.table().someNumber();
  }

  @Override
  public long nowNs() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  @Override
  public boolean interrupt(Thread thread) {
    return faults.interrupt(thread);
  }

  @Override
  public void abort() {
    faults.abort();
  }
}
