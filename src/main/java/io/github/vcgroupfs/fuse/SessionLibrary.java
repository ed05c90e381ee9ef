package io.github.vcgroupfs.fuse;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.byref.IntByReference;
import jnr.ffi.byref.PointerByReference;
import org.jspecify.annotations.Nullable;
import ru.serce.jnrfuse.struct.FuseOperations;

/**
 * The functions of libfuse 2 that jnr-fuse does not bind: those of a session, {@code
 * fuse_lowlevel.h}. Public because the binding implements this interface from another package.
 */
public interface SessionLibrary {
  /** Loads what jnr-fuse has loaded already. */
  static SessionLibrary load() {
    return LibraryLoader.create(SessionLibrary.class).failImmediately().load("libfuse.so.2");
  }

  /** Mounts; returns null, after words on standard error, if that does not work. */
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
