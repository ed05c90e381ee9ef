package io.github.vcgroupfs.fuse;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.NativeMemory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A mount as libfuse has it: requests are received from it and given back to it to be processed,
 * {@code fuse_session_loop} taken apart. Any number of threads may do both at the same time, as the
 * threads of {@code fuse_loop_mt} do.
 */
final class FuseSession implements RequestSource {
  private final FuseFunctions library;
  private final FuseFunctions.Mounted mounted;
  private final long session;
  private final long channel;

  /**
   * Keeps requests that lock two paths in libfuse apart from those that lock one for itself. If
   * such a request has got one of its paths and waits for the other, while somebody waits for a
   * directory above both, libfuse 2 never goes on: issue 695 of libfuse, mended in libfuse 3 alone.
   */
  private final ReadWriteLock twoPaths = new ReentrantReadWriteLock();

  @GuardedBy("this")
  private boolean tornDown;

  private FuseSession(FuseFunctions library, FuseFunctions.Mounted mounted) {
    this.library = library;
    this.mounted = mounted;
    this.session = library.session(mounted);
    this.channel = library.channel(session);
  }

  /**
   * Mounts.
   *
   * @param arguments as {@code fuse_main} has them, the program's name first
   * @return empty if it did not work; libfuse has said why on standard error
   */
  static Optional<FuseSession> mount(
      FuseFunctions library, List<String> arguments, OperationTable operations) {
    FuseFunctions.Mounted mounted =
        library.setup(arguments, operations.memory(), operations.bytes());
    return mounted.fuse() == 0 ? Optional.empty() : Optional.of(new FuseSession(library, mounted));
  }

  @Override
  public Request newRequest() {
    return new Received();
  }

  @Override
  public void end() {
    library.exit(session);
  }

  /** Whether the kernel still has the mount. */
  synchronized boolean isConnected() {
    return !tornDown && !Libc.hasFailed(library.descriptor(channel));
  }

  /** Frees it all. Preconditions: no thread receives or processes a request, or will. */
  synchronized void tearDown() {
    tornDown = true;
    library.tearDown(mounted);
  }

  /** {@code struct fuse_in_header} and what follows it: {@code include/uapi/linux/fuse.h}. */
  private final class Received implements Request {
    private static final int OPCODE_AT = 4;
    private static final int UNIQUE_AT = 8;
    private static final int BODY_AT = 40;
    private static final int FUSE_UNLINK = 10;
    private static final int FUSE_RMDIR = 11;
    private static final int FUSE_RENAME = 12;
    private static final int FUSE_LINK = 13;
    private static final int FUSE_INTERRUPT = 36;

    private final int capacityBytes = library.bufferSize(channel);
    private final NativeMemory buffer = NativeMemory.allocate(capacityBytes);
    private final NativeMemory from = NativeMemory.allocate(Long.BYTES);
    private int bytes;

    @Override
    public int receive() {
      from.putLong(0, channel);
      bytes = library.receive(from, buffer, capacityBytes);
      return library.hasExited(session) ? 0 : bytes;
    }

    @Override
    public long id() {
      return buffer.getLong(UNIQUE_AT);
    }

    @Override
    public long interrupted() {
      return buffer.getInt(OPCODE_AT) == FUSE_INTERRUPT ? buffer.getLong(BODY_AT) : NOTHING;
    }

    @Override
    public void process() {
      switch (buffer.getInt(OPCODE_AT)) {
        case FUSE_UNLINK, FUSE_RMDIR -> processUnder(twoPaths.readLock());
        case FUSE_RENAME, FUSE_LINK -> processUnder(twoPaths.writeLock());
        default -> library.process(session, buffer, bytes, channel);
      }
    }

    private void processUnder(Lock lock) {
      lock.lock();
      try {
        library.process(session, buffer, bytes, channel);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      buffer.close();
      from.close();
    }
  }
}
