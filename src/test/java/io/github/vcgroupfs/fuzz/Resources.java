package io.github.vcgroupfs.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one thread need beside paths: a pipe, an eventfd, descriptors outside the
 * mount, processes. Of one thread.
 */
final class Resources implements AutoCloseable {
  private static final int O_NONBLOCK = 04000;
  private static final int PIPE_BYTES = 4096;
  private static final int O_RDWR = 2;

  private final Arena arena = new Arena();
  private final int eventFd;
  private final int inotifyFd;
  private final int nullFd;
  private final int pipeRead;
  private final int pipeWrite;
  private final List<Long> children;
  private final boolean mayMoveItself;
  private @Nullable Handle someHandle;

  /**
   * @param children ids of processes that may be moved
   * @param mayMoveItself whether a thread may write 0 into a list of processes, which means itself
   */
  Resources(List<Long> children, boolean mayMoveItself) {
    this.children = children;
    this.mayMoveItself = mayMoveItself;
    eventFd = opened(Sys.EVENTFD2.call(0, O_NONBLOCK));
    inotifyFd = opened(Sys.INOTIFY_INIT1.call(O_NONBLOCK));
    nullFd = opened(Sys.OPENAT.call(-100, arena.copy("/dev/null".getBytes(ISO_8859_1)), O_RDWR, 0));
    long ends = arena.room(8);
    opened(Sys.PIPE2.call(ends, O_NONBLOCK));
    pipeRead = arena.intAt(ends);
    pipeWrite = arena.intAt(ends + 4);
  }

  private static int opened(long fd) {
    if (fd < 0) {
      throw new IllegalStateException("a descriptor cannot be had: errno " + -fd);
    }
    return (int) fd;
  }

  int eventFd() {
    return eventFd;
  }

  int inotifyFd() {
    return inotifyFd;
  }

  /** {@code /dev/null}. */
  int nullFd() {
    return nullFd;
  }

  /** The end of an empty pipe that takes bytes. */
  int emptyPipe() {
    arena.clear();
    long into = arena.room(PIPE_BYTES);
    while (Sys.READ.call(pipeRead, into, PIPE_BYTES) > 0) {
      // empties it
    }
    return pipeWrite;
  }

  /** The end of a pipe that gives these bytes, as many of them as it holds. */
  int pipeWith(byte[] bytes) {
    int to = emptyPipe();
    arena.clear();
    Sys.WRITE.call(to, arena.copy(bytes), Math.min(bytes.length, PIPE_BYTES));
    return pipeRead;
  }

  /** A number that may be a descriptor. */
  long someDescriptor(SplittableRandom random) {
    Handle handle = someHandle;
    return random.nextInt(4) == 0 || handle == null ? random.nextInt(-1, 200) : handle.fd();
  }

  /** Tells of a descriptor of the mount, which an event can be about. */
  void remember(Handle handle) {
    someHandle = handle;
  }

  long someChild(SplittableRandom random) {
    return children.get(random.nextInt(children.size()));
  }

  boolean mayMoveItself() {
    return mayMoveItself;
  }

  @Override
  public void close() {
    for (int fd : new int[] {eventFd, inotifyFd, nullFd, pipeRead, pipeWrite}) {
      Sys.CLOSE.call(fd);
    }
  }
}
