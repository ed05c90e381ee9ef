package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The open files and directories, by the number that FUSE keeps for us. Thread-safe. */
final class Handles {
  private final Map<Long, OpenFile> files = new ConcurrentHashMap<>();
  private final Map<Long, OpenDirectory> directories = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();

  /** Files and directories that are open. */
  int count() {
    return files.size() + directories.size();
  }

  long add(OpenFile file) {
    long handle = last.incrementAndGet();
    files.put(handle, file);
    return handle;
  }

  long add(OpenDirectory directory) {
    long handle = last.incrementAndGet();
    directories.put(handle, directory);
    return handle;
  }

  OpenFile file(long handle) throws ErrnoException {
    OpenFile open = files.get(handle);
    if (open == null) {
      throw new ErrnoException(Errno.EBADF, "no file is open under that handle: open it again");
    }
    return open;
  }

  OpenDirectory directory(long handle) throws ErrnoException {
    OpenDirectory open = directories.get(handle);
    if (open == null) {
      throw new ErrnoException(
          Errno.EBADF, "no directory is open under that handle: open it again");
    }
    return open;
  }

  /** Gives a handle of either kind back; again is no harm. */
  void remove(long handle) {
    files.remove(handle);
    directories.remove(handle);
  }
}
