package io.github.vcgroupfs.fuse;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.Struct;
import jnr.ffi.byref.IntByReference;
import jnr.ffi.byref.PointerByReference;
import ru.serce.jnrfuse.struct.FuseOperations;

/**
 * A mount as libfuse has it: requests are received from it and given back to it to be processed,
 * {@code fuse_session_loop} taken apart. Any number of threads may do both at the same time, as the
 * threads of {@code fuse_loop_mt} do.
 */
final class FuseSession implements RequestSource {
  private final SessionLibrary library;
  private final Pointer fuse;
  private final Pointer mountPoint;
  private final Pointer session;
  private final Pointer channel;

  private FuseSession(SessionLibrary library, Pointer fuse, Pointer mountPoint) {
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
      SessionLibrary library, List<String> arguments, FuseOperations operations) {
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

  /** Frees it all. Preconditions: no thread is in here or will be. */
  void tearDown() {
    library.fuse_teardown(fuse, mountPoint);
  }

  /** {@code struct fuse_in_header} and what follows it: {@code include/uapi/linux/fuse.h}. */
  private final class Received implements Request {
    private static final int OPCODE_AT = 4;
    private static final int UNIQUE_AT = 8;
    private static final int BODY_AT = 40;
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
      library.fuse_session_process(session, buffer, bytes, channel);
    }
  }
}
