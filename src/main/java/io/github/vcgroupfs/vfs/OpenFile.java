package io.github.vcgroupfs.vfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroupfs.DirectoryEntry;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a file descriptor: an open control file or directory, with the offset where the
 * next read or write begins. Thread-safe; reads and writes at the offset wait for each other
 * ({@code f_pos_lock}).
 */
public final class OpenFile {
  private final InodeCalls inodes;
  private final Dentry dentry;
  private final OpenHow how;
  private final long handle;
  private final AtomicBoolean closed = new AtomicBoolean();

  @GuardedBy("this")
  private long offset;

  @GuardedBy("this")
  private @Nullable Stat last;

  OpenFile(InodeCalls inodes, Dentry dentry, OpenHow how, long handle) {
    this.inodes = inodes;
    this.dentry = dentry;
    this.how = how;
    this.handle = handle;
  }

  /** What was opened, as it was then. */
  Dentry dentry() {
    return dentry;
  }

  /** The path that leads to it now: it has another one after a rename. */
  Dentry now(Caller who) throws ErrnoException {
    return inodes.now(who, dentry);
  }

  /**
   * {@code read}: at the offset, which moves on.
   *
   * @param sizeBytes the most bytes
   * @return the bytes; none at the end
   */
  public synchronized byte[] read(int sizeBytes) throws ErrnoException {
    byte[] bytes = pread(offset, sizeBytes);
    offset += bytes.length;
    return bytes;
  }

  /** {@code pread}: at an offset, 0 or more. */
  public byte[] pread(long at, int sizeBytes) throws ErrnoException {
    requireOpen();
    if (!how.read()) {
      throw new ErrnoException(
          Errno.EBADF, dentry.path() + " is not open for reading: open it with READ");
    }
    verifyArea(at, sizeBytes);
    if (dentry.isDirectory()) {
      throw new ErrnoException(
          Errno.EISDIR, dentry.path() + " is a directory: list it, or read one of its files");
    }
    return inodes.calls().read(inodes.caller(), handle, at, sizeBytes);
  }

  /** {@code write}: one command; the offset moves on. Returns the number of bytes taken. */
  public synchronized int write(byte[] bytes) throws ErrnoException {
    int taken = pwrite(offset, bytes);
    offset += taken;
    return taken;
  }

  /**
   * {@code pwrite}: one command. Where it is written changes nothing.
   *
   * @param at an offset, 0 or more
   */
  public int pwrite(long at, byte[] bytes) throws ErrnoException {
    requireOpen();
    if (!how.write()) {
      throw new ErrnoException(
          Errno.EBADF, dentry.path() + " is not open for writing: open it with WRITE");
    }
    verifyArea(at, bytes.length);
    Caller who = inodes.caller();
    int taken = inodes.calls().write(who, handle, bytes);
    inodes.changed(who, dentry);
    return taken;
  }

  /** {@code rw_verify_area}: the end must be an offset, too. */
  private static void verifyArea(long at, int sizeBytes) throws ErrnoException {
    if (at > Long.MAX_VALUE - sizeBytes) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%d bytes at offset %d end beyond all offsets: begin earlier".formatted(sizeBytes, at));
    }
  }

  /** {@code lseek}: where the next read or write begins. */
  public synchronized long offset() throws ErrnoException {
    llseek();
    return offset;
  }

  /** {@code lseek} to an offset, 0 or more. EINVAL where no file of this kind can be so long. */
  public synchronized void seek(long to) throws ErrnoException {
    llseek();
    inodes.requireSeekable(to);
    offset = to;
  }

  private void llseek() throws ErrnoException {
    requireOpen();
    if (dentry.inner() != null && !dentry.isDirectory()) {
      inodes.calls().llseek(handle);
    }
  }

  /** {@code fstat}. */
  public Stat stat() throws ErrnoException {
    requireOpen();
    String inner = dentry.inner();
    if (inner != null && !dentry.isDirectory()) {
      return new Stat(dentry.dev(), inodes.calls().fgetattr(inodes::caller, handle));
    }
    Dentry now = Absence.orNull(() -> now(inodes.caller()));
    return now == null ? whenRemoved() : now.stat();
  }

  /**
   * A directory that was removed: its files went before it, which is a change. Nobody keeps when
   * that was, so the first look counts.
   */
  private synchronized Stat whenRemoved() {
    Stat stat = last;
    if (stat == null) {
      Attributes inode = dentry.inode();
      long nowNs = inodes.calls().nowNs();
      Attributes.Times times = new Attributes.Times(inode.times().atimeNs(), nowNs, nowNs);
      stat = new Stat(dentry.dev(), inode.withTimes(times));
      last = stat;
    }
    return stat;
  }

  /** {@code ftruncate}. */
  public void truncate(long sizeBytes) throws ErrnoException {
    requireOpen();
    if (!how.write() || dentry.isDirectory()) {
      throw new ErrnoException(
          Errno.EINVAL, dentry.path() + " is not open for writing: open it with WRITE");
    }
    inodes.calls().ftruncate(handle, sizeBytes);
    inodes.changed(inodes.caller(), dentry);
  }

  /** {@code fsync}. */
  public void sync() throws ErrnoException {
    requireOpen();
    if (dentry.isDirectory()) {
      throw new ErrnoException(
          Errno.EINVAL, dentry.path() + " is a directory and takes no fsync: nothing is stored");
    }
    inodes.calls().fsync(inodes.caller(), handle);
  }

  /** {@code mmap}: no control file can be mapped ({@code kernfs_fop_mmap}). */
  public ErrnoException unmappable() {
    return new ErrnoException(
        Errno.ENODEV, dentry.path() + " is made when it is read and cannot be mapped: read it");
  }

  /** {@code readdir}: the names in an open directory, with {@code .} and {@code ..}. */
  public List<String> names() throws ErrnoException {
    requireOpen();
    List<String> names = new ArrayList<>(List.of(".", ".."));
    List<DirectoryEntry> entries =
        dentry.inner() == null ? inodes.tree().entries(dentry) : inodes.calls().readdir(handle);
    entries.forEach(entry -> names.add(entry.name()));
    return names;
  }

  /** {@code fchmod}. */
  public void chmod(int mode) throws ErrnoException {
    inodes.chmod(inodes.caller(), reached(), mode);
  }

  /** {@code fchown}; -1 leaves an id as it is. */
  public void chown(int uid, int gid) throws ErrnoException {
    inodes.chown(inodes.caller(), reached(), uid, gid);
  }

  /** {@code futimens}, in nanoseconds since the epoch. */
  public void utimens(long atimeNs, long mtimeNs) throws ErrnoException {
    inodes.utimens(inodes.caller(), reached(), atimeNs, mtimeNs);
  }

  /** {@code fgetxattr}. */
  public byte[] getxattr(String name) throws ErrnoException {
    return inodes.getxattr(inodes.caller(), reached(), name);
  }

  /** {@code flistxattr}. */
  public List<String> listxattr() throws ErrnoException {
    return inodes.listxattr(inodes.caller(), reached());
  }

  /** {@code fsetxattr}. */
  public void setxattr(String name, byte[] value) throws ErrnoException {
    inodes.setxattr(inodes.caller(), reached(), name, value);
  }

  /** {@code fremovexattr}. */
  public void removexattr(String name) throws ErrnoException {
    inodes.removexattr(inodes.caller(), reached(), name);
  }

  private Dentry reached() throws ErrnoException {
    requireOpen();
    return now(inodes.caller());
  }

  /** The number of the inode, for a table of locks. */
  public long ino() {
    return dentry.inode().ino();
  }

  /** {@code close}; again is no harm. */
  public void close() {
    if (closed.compareAndSet(false, true) && dentry.inner() != null) {
      if (dentry.isDirectory()) {
        inodes.calls().releasedir(handle);
      } else {
        inodes.calls().release(handle);
      }
    }
  }

  private void requireOpen() throws ErrnoException {
    if (closed.get()) {
      throw new ErrnoException(Errno.EBADF, dentry.path() + " was closed: open it again");
    }
  }

  @Override
  public String toString() {
    return dentry.path();
  }
}
