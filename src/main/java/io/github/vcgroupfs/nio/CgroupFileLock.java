package io.github.vcgroupfs.nio;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;

/** A lock on a part of a control file. Thread-safe. */
final class CgroupFileLock extends FileLock {
  private final FileLocks locks;
  private final long ino;
  private volatile boolean over;

  CgroupFileLock(FileChannel channel, Part part, FileLocks locks, long ino) {
    super(channel, part.position(), part.size(), part.shared());
    this.locks = locks;
    this.ino = ino;
  }

  CgroupFileLock(AsynchronousFileChannel channel, Part part, FileLocks locks, long ino) {
    super(channel, part.position(), part.size(), part.shared());
    this.locks = locks;
    this.ino = ino;
  }

  /** A part of a file, and whether others may lock it for reading, too. */
  record Part(long position, long size, boolean shared) {
    /** The part that a size of 0 stands for. */
    static Part of(long position, long size, boolean shared) {
      boolean all = size == 0 && Jdk.SIZE_0_LOCKS_ALL;
      return new Part(position, all ? Long.MAX_VALUE - Math.max(0, position) : size, shared);
    }
  }

  long ino() {
    return ino;
  }

  @Override
  public boolean isValid() {
    return !over;
  }

  @Override
  public void release() throws IOException {
    if (!acquiredBy().isOpen()) {
      throw new ClosedChannelException();
    }
    end();
  }

  /** It is over, whoever ends it. */
  void end() {
    over = true;
    locks.remove(this);
  }
}
