package io.github.vcgroupfs.fuse;

import io.github.vcgroupfs.os.NativeFunction;
import io.github.vcgroupfs.os.NativeLibrary;
import io.github.vcgroupfs.os.NativeMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions of libfuse 2 that a mount needs: {@code fuse.h}, and those of a session, {@code
 * fuse_lowlevel.h}. Objects of libfuse are known by their addresses; 0 is none. Immutable.
 */
final class FuseFunctions {
  private static final String LIBRARY = "libfuse.so.2";

  private final NativeLibrary fuse = NativeLibrary.load(LIBRARY);
  private final NativeFunction setup = fuse.function("fuse_setup");
  private final NativeFunction teardown = fuse.function("fuse_teardown");
  private final NativeFunction getSession = fuse.function("fuse_get_session");
  private final NativeFunction getContext = fuse.function("fuse_get_context");
  private final NativeFunction nextChannel = fuse.function("fuse_session_next_chan");
  private final NativeFunction descriptor = fuse.function("fuse_chan_fd");
  private final NativeFunction bufferSize = fuse.function("fuse_chan_bufsize");
  private final NativeFunction receive = fuse.function("fuse_chan_recv");
  private final NativeFunction process = fuse.function("fuse_session_process");
  private final NativeFunction exit = fuse.function("fuse_session_exit");
  private final NativeFunction exited = fuse.function("fuse_session_exited");

  /** What {@link #setup} has made. */
  record Mounted(long fuse, long mountPoint) {}

  /**
   * Mounts; if that does not work, it has said so on standard error, and {@code fuse} is 0.
   *
   * @param arguments as {@code fuse_main} has them, the program's name first
   * @param operations a {@code struct fuse_operations}, which is copied
   */
  Mounted setup(List<String> arguments, NativeMemory operations, int operationsBytes) {
    List<NativeMemory> kept = new ArrayList<>();
    int count = arguments.size();
    try (NativeMemory argv = NativeMemory.allocate(Long.BYTES * (count + 1));
        NativeMemory results = NativeMemory.allocate(2 * Long.BYTES)) {
      for (int i = 0; i < count; i++) {
        NativeMemory text = NativeMemory.text(arguments.get(i));
        kept.add(text);
        argv.putLong((long) Long.BYTES * i, text.address());
      }
      long mountPoint = results.address();
      long multithreaded = mountPoint + Long.BYTES;
      long made =
          setup.callWith(
              count,
              argv.address(),
              operations.address(),
              operationsBytes,
              mountPoint,
              multithreaded,
              0); // no user data
      return new Mounted(made, results.getLong(0));
    } finally {
      kept.forEach(NativeMemory::close);
    }
  }

  /** Unmounts if that is still to be done, and frees what {@link #setup} has made. */
  void tearDown(Mounted mounted) {
    teardown.call(mounted.fuse(), mounted.mountPoint());
  }

  /** The session of a file system. */
  long session(Mounted mounted) {
    return getSession.call(mounted.fuse());
  }

  /** The first channel of a session. */
  long channel(long session) {
    return nextChannel.call(session, 0);
  }

  /** Who calls: a {@code struct fuse_context}; only inside an operation. */
  NativeMemory context() {
    return NativeMemory.at(getContext.call());
  }

  /** The descriptor of the connection. */
  int descriptor(long channel) {
    return (int) descriptor.call(channel);
  }

  /** How many bytes a request may have. */
  int bufferSize(long channel) {
    return Math.toIntExact(bufferSize.call(channel));
  }

  /**
   * Waits for a request: its bytes, 0 when the session has ended, or a negative errno.
   *
   * @param channel where the address of the channel is, and that of the answer's is put
   */
  int receive(NativeMemory channel, NativeMemory buffer, int bytes) {
    return (int) receive.call(channel.address(), buffer.address(), bytes);
  }

  /** Carries out a request and answers it. */
  void process(long session, NativeMemory buffer, int bytes, long channel) {
    process.call(session, buffer.address(), bytes, channel);
  }

  /** Marks a session as ended. */
  void exit(long session) {
    exit.call(session);
  }

  /** Whether it is marked so. */
  boolean hasExited(long session) {
    return (int) exited.call(session) != 0;
  }
}
