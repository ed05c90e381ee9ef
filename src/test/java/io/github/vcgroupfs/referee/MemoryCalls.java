package io.github.vcgroupfs.referee;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.cgroupfs.CgroupFs;
import io.github.vcgroupfs.cgroupfs.DirectoryEntry;
import io.github.vcgroupfs.cgroupfs.OpenFlags;
import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import io.github.vcgroupfs.controllers.ControlFiles;
import io.github.vcgroupfs.controllers.ControllerKind;
import io.github.vcgroupfs.controllers.Controllers;
import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.freezer.Stopper;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.rights.Sharing;
import io.github.vcgroupfs.testing.Syscalls;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Our file system without FUSE, as root asks it. What the kernel would answer by itself is {@link
 * Unseen}: the way to a name that is there already, permission of others, positions beyond a read,
 * descriptors of other processes. Paths begin with a slash.
 */
final class MemoryCalls implements Calls {
  private static final int DIRECTORY_MODE = 0755;
  private static final long NS_PER_SECOND = 1_000_000_000L;
  private static final Caller ROOT = new Caller(0, 0, 4711);

  private final FakeMembership membership = new FakeMembership();
  private final CgroupTree tree;
  private final CgroupFs fs;
  private final Map<Integer, OpenFile> open = new HashMap<>();
  private int lastFd = 2;

  /** A strict mount of that kernel with that controller. */
  MemoryCalls(KernelProfile strict, String controller) {
    ControllerKind.Surroundings around =
        new ControllerKind.Surroundings(
            strict,
            System::nanoTime,
            units -> {
              throw new AssertionError("more was uncharged than charged: " + units);
            },
            Machine.TWO_PROCESSORS,
            Stopper.NOBODY);
    tree =
        HierarchySpec.of(Controllers.byName(controller).orElseThrow())
            .make(around, membership, Notifier.NONE);
    fs =
        new CgroupFs(
            tree,
            ControlFiles.of(tree, Map.of()),
            SizeMode.ZERO,
            Sharing.byDefault(ROOT),
            Clock.systemUTC(),
            new Faults(0, ms -> {}));
  }

  @Override
  public int open(String path, int flags) throws Refused {
    if ((flags & Syscalls.O_CREAT) != 0) {
      requireNew(path);
      ask(() -> fs.refuse(ROOT, FsCall.CREATE, path));
    }
    if (isDirectory(path)) {
      throw byKernel("open a directory");
    }
    OpenFlags ours =
        new OpenFlags((flags & Syscalls.O_TRUNC) != 0, (flags & Syscalls.O_DIRECT) != 0);
    long handle = answer(() -> fs.open(ROOT, path, ours));
    open.put(++lastFd, new OpenFile(handle));
    return lastFd;
  }

  @Override
  public void close(int fd) {
    fs.release(open.remove(fd).handle);
  }

  @Override
  public String read(int fd, int sizeBytes) throws Refused {
    OpenFile file = open.get(fd);
    String text = pread(fd, sizeBytes, file.position);
    file.position += text.length();
    return text;
  }

  @Override
  public String pread(int fd, int sizeBytes, long offset) throws Refused {
    long handle = open.get(fd).handle;
    return new String(answer(() -> fs.read(ROOT, handle, offset, sizeBytes)), ISO_8859_1);
  }

  @Override
  public int write(int fd, String text) throws Refused {
    if (text.isEmpty()) {
      throw byKernel("write nothing");
    }
    OpenFile file = open.get(fd);
    int taken = answer(() -> fs.write(ROOT, file.handle, text.getBytes(ISO_8859_1)));
    file.position += taken;
    return taken;
  }

  /** A control file is told no offset: each write is a command. */
  @Override
  public int pwrite(int fd, String text, long offset) throws Refused {
    long before = open.get(fd).position;
    int taken = write(fd, text);
    open.get(fd).position = before;
    return taken;
  }

  @Override
  public int writev(int fd, List<String> segments) {
    throw byKernel("join segments");
  }

  @Override
  public void rewind(int fd) {
    open.get(fd).position = 0;
  }

  @Override
  public int seekEnd(int fd) {
    throw byKernel("seek");
  }

  @Override
  public void fsync(int fd) throws Refused {
    ask(() -> fs.fsync(ROOT, open.get(fd).handle));
  }

  @Override
  public void fallocate(int fd) {
    throw byKernel("reserve blocks");
  }

  @Override
  public int poll(int fd) {
    throw byKernel("poll");
  }

  @Override
  public void mkdir(String path) throws Refused {
    ask(() -> fs.mkdir(ROOT, path, DIRECTORY_MODE));
  }

  @Override
  public void rmdir(String path) throws Refused {
    ask(() -> fs.rmdir(ROOT, path));
  }

  @Override
  public void rename(String from, String to) throws Refused {
    if ((from + "/").startsWith(to + "/") || (to + "/").startsWith(from + "/")) {
      throw byKernel("rename a group into itself or onto one above it");
    }
    ask(() -> fs.rename(ROOT, from, to));
  }

  @Override
  public void renameWithFlags(String from, String to, int flags) {
    throw byKernel("rename with flags");
  }

  @Override
  public void unlink(String path) throws Refused {
    if (!exists(path) || isDirectory(path)) {
      throw byKernel("unlink what is no file");
    }
    ask(() -> fs.refuse(ROOT, FsCall.UNLINK, path));
  }

  @Override
  public void symlink(String target, String path) throws Refused {
    requireNew(path);
    ask(() -> fs.refuse(ROOT, FsCall.SYMLINK, path));
  }

  @Override
  public void link(String from, String to) throws Refused {
    requireNew(to);
    ask(() -> fs.refuse(ROOT, FsCall.LINK, to));
  }

  @Override
  public void mknod(String path) throws Refused {
    requireNew(path);
    ask(() -> fs.mknod(ROOT, path, true));
  }

  @Override
  public void truncate(String path, long sizeBytes) throws Refused {
    ask(() -> fs.truncate(ROOT, path, sizeBytes));
  }

  @Override
  public void chmod(String path, int mode) throws Refused {
    ask(() -> fs.chmod(ROOT, path, mode));
  }

  @Override
  public void chown(String path, int uid, int gid) throws Refused {
    ask(() -> fs.chown(ROOT, path, uid, gid));
  }

  @Override
  public void setTimes(String path, long atimeSeconds, long mtimeSeconds) throws Refused {
    ask(() -> fs.utimens(ROOT, path, atimeSeconds * NS_PER_SECOND, mtimeSeconds * NS_PER_SECOND));
  }

  @Override
  public boolean mayAccess(String path, String want, int uid) {
    throw byKernel("permission of another user");
  }

  @Override
  public List<String> list(String path) throws Refused {
    long handle = answer(() -> fs.opendir(ROOT, path));
    try {
      return answer(() -> fs.readdir(handle)).stream().map(DirectoryEntry::name).toList();
    } finally {
      fs.releasedir(handle);
    }
  }

  @Override
  public Status stat(String path) throws Refused {
    Attributes seen = answer(() -> fs.getattr(ROOT, path));
    return new Status(
        seen.type() == FileType.DIRECTORY,
        seen.mode(),
        seen.nlink(),
        seen.sizeBytes(),
        seen.uid(),
        seen.gid());
  }

  @Override
  public String getxattr(String path, String name) throws Refused {
    return new String(answer(() -> fs.getxattr(ROOT, path, name)), ISO_8859_1);
  }

  @Override
  public void setxattr(String path, String name, String value) throws Refused {
    ask(() -> fs.setxattr(ROOT, path, name, value.getBytes(ISO_8859_1), 0));
  }

  @Override
  public int openat(int directory, String name) {
    throw byKernel("open by a directory's descriptor");
  }

  @Override
  public void mkdirat(int directory, String name) {
    throw byKernel("mkdir by a directory's descriptor");
  }

  @Override
  public int startProcess() {
    return membership.start(tree.root());
  }

  @Override
  public void endProcess(int pid) {
    membership.end(pid);
  }

  @Override
  public int eventfd() {
    throw byKernel("descriptors of a process");
  }

  @Override
  public boolean fires(int eventfd) {
    throw byKernel("descriptors of a process");
  }

  /** Only a new name in a directory gets as far as the file system. */
  private void requireNew(String path) {
    if (exists(path) || !isDirectory(path.substring(0, path.lastIndexOf('/')))) {
      throw byKernel("make a name where there is one, or where there is no directory");
    }
  }

  private boolean exists(String path) {
    return status(path).isPresent();
  }

  private boolean isDirectory(String path) {
    return status(path).filter(Status::directory).isPresent();
  }

  private Optional<Status> status(String path) {
    try {
      return Optional.of(stat(path));
    } catch (Refused absent) {
      return Optional.empty();
    }
  }

  private static Unseen byKernel(String what) {
    return new Unseen(what + ": the kernel's own answer");
  }

  private static <T> T answer(Question<T> question) throws Refused {
    try {
      return question.ask();
    } catch (ErrnoException refusal) {
      throw Refused.with(refusal.errno().number());
    }
  }

  private static void ask(Request request) throws Refused {
    answer(
        () -> {
          request.make();
          return "";
        });
  }

  /** What the kernel keeps of an open file. */
  private static final class OpenFile {
    final long handle;
    long position;

    OpenFile(long handle) {
      this.handle = handle;
    }
  }

  private interface Question<T> {
    T ask() throws ErrnoException;
  }

  private interface Request {
    void make() throws ErrnoException;
  }
}
