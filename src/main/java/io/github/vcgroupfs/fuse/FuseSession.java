package io.github.vcgroupfs.fuse;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.os.Libc;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.Struct;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.byref.IntByReference;
import jnr.ffi.byref.PointerByReference;
import org.jspecify.annotations.Nullable;
import ru.serce.jnrfuse.struct.FuseOperations;

/**
 * A mount as libfuse has it: requests are received from it and given back to it to be processed,
 * {@code fuse_session_loop} taken apart. Any number of threads may do both at the same time, as the
 * threads of {@code fuse_loop_mt} do.
 */
final class FuseSession implements RequestSource {
  private final Library library;
  private final Pointer fuse;
  private final Pointer mountPoint;
  private final Pointer session;
  private final Pointer channel;

  /**
   * Keeps requests that lock two paths in libfuse apart from those that lock one for itself. If
   * such a request has got one of its paths and waits for the other, while somebody waits for a
   * directory above both, libfuse 2 never goes on: issue 695 of libfuse, mended in libfuse 3 alone.
   */
  private final ReadWriteLock twoPaths = new ReentrantReadWriteLock();

  @GuardedBy("this")
  private boolean tornDown;

  private FuseSession(Library library, Pointer fuse, Pointer mountPoint) {
    this.library = library;
    this.fuse = fuse;
    this.mountPoint = mountPoint;
    this.session = library.fuse_get_session(fuse);
    this.channel = library.fuse_session_next_chan(session, null);
  }

  /**
   * Mounts.
   *
   * @param arguments as {@code fuse_main} has them, the program's name first
   * @return empty if it did not work; libfuse has said why on standard error
   */
  static Optional<FuseSession> mount(
      Library library, List<String> arguments, FuseOperations operations) {
    PointerByReference mountPoint = new PointerByReference();
    Pointer fuse =
        library.fuse_setup(
            arguments.size(),
            arguments.toArray(new String[0]),
            operations,
            Struct.size(operations),
            mountPoint,
            new IntByReference(),
            null);
    return fuse == null
        ? Optional.empty()
        : Optional.of(
            new FuseSession(library, fuse, Objects.requireNonNull(mountPoint.getValue())));
  }

  @Override
  public Request newRequest() {
    return new Received();
  }

  @Override
  public void end() {
    library.fuse_session_exit(session);
  }

  /** Whether the kernel still has the mount. */
  synchronized boolean isConnected() {
    return !tornDown && !Libc.hasFailed(library.fuse_chan_fd(channel));
  }

  /** Frees it all. Preconditions: no thread receives or processes a request, or will. */
  synchronized void tearDown() {
    tornDown = true;
    library.fuse_teardown(fuse, mountPoint);
  }

  /**
   * The functions of libfuse 2 that jnr-fuse does not bind: those of a session, {@code
   * fuse_lowlevel.h}. Public because the binding implements this interface from another package.
   */
  public interface Library {
    /** Loads what jnr-fuse has loaded already. */
    static Library load() {
      return LibraryLoader.create(Library.class).failImmediately().load("libfuse.so.2");
    }

    /** Mounts; returns null, after words on standard error, if that does not work. */
    @SuppressWarnings("checkstyle:parameternumber") // it is C
    @Nullable Pointer fuse_setup(
        int argc,
        @In String[] argv,
        FuseOperations operations,
        long operationsBytes,
        @Out PointerByReference mountPoint,
        @Out IntByReference multithreaded,
        @Nullable Pointer userData);

    /** Unmounts if that is still to be done, and frees what {@code fuse_setup} has made. */
    void fuse_teardown(Pointer fuse, Pointer mountPoint);

    /** The session of a file system. */
    Pointer fuse_get_session(Pointer fuse);

    /** The first channel of a session, if no channel is named before it. */
    Pointer fuse_session_next_chan(Pointer session, @Nullable Pointer channel);

    /** The descriptor of the connection. */
    int fuse_chan_fd(Pointer channel);

    /** How many bytes a request may have. */
    long fuse_chan_bufsize(Pointer channel);

    /** Waits for a request: its bytes, 0 when the session has ended, or a negative errno. */
    int fuse_chan_recv(@In @Out PointerByReference channel, Pointer buffer, long sizeBytes);

    /** Carries out a request and answers it. */
    void fuse_session_process(Pointer session, Pointer buffer, long bytes, Pointer channel);

    /** Marks the session as ended. */
    void fuse_session_exit(Pointer session);

    /** Whether it is marked so. */
    int fuse_session_exited(Pointer session);
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

    private final long capacityBytes = library.fuse_chan_bufsize(channel);
    private final Pointer buffer =
        Runtime.getSystemRuntime()
            .getMemoryManager()
            .allocateDirect(Math.toIntExact(capacityBytes), false);
    private final PointerByReference from = new PointerByReference(channel);
    private int bytes;

    @Override
    public int receive() {
      bytes = library.fuse_chan_recv(from, buffer, capacityBytes);
      return library.fuse_session_exited(session) != 0 ? 0 : bytes;
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
        default -> library.fuse_session_process(session, buffer, bytes, channel);
      }
    }

    private void processUnder(Lock lock) {
      lock.lock();
      try {
        library.fuse_session_process(session, buffer, bytes, channel);
      } finally {
        lock.unlock();
      }
    }
  }
}
