package io.github.vcgroupfs.seccomp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.SeccompCalls;
import io.github.vcgroupfs.os.SpawnCalls;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Starts a program under a {@link Filter} and waits for its end. One thread does {@link #prepare}
 * and {@link #run}: the program inherits its mounts, and it keeps the filter. So it should end soon
 * after {@code run}, and do nothing else before that. All other methods are for any thread; one of
 * them has to be the supervisor, as soon as {@link #listener} returns.
 *
 * <p>The page of the package says why {@code run} is written as it is.
 */
public final class Launch {
  private static final int REHEARSALS = 3;

  /** No process has this number: {@code include/linux/threads.h PID_MAX_LIMIT}. */
  private static final int NO_CHILD = Integer.MAX_VALUE;

  /** Nobody has this program, so a rehearsal starts none. */
  private static final String NO_PROGRAM = "/proc/self/fd/none/such";

  private final Installation installation;
  private final Program program;
  private final boolean isRehearsal;

  private final ByteBuffer results = SeccompCalls.memory(SpawnCalls.SIGINFO_BYTES);
  private final long resultsAt = SeccompCalls.address(results);

  /** The descriptor of the listener, or why there is none; {@link #UNKNOWN} until then. */
  @GuardedBy("this")
  private int listener = UNKNOWN;

  /** The process id, or why there is none. */
  @GuardedBy("this")
  private int pid = UNKNOWN;

  /** How the program ended, as {@code waitpid} has it. */
  @GuardedBy("this")
  private int status = UNKNOWN;

  private static final int UNKNOWN = Integer.MIN_VALUE;

  private Launch(Installation installation, Program program, boolean isRehearsal) {
    this.installation = installation;
    this.program = program;
    this.isRehearsal = isRehearsal;
  }

  /**
   * Prepares everything that can be prepared, and rehearses the rest, on the calling thread. The
   * program will have no descriptor of this process but the standard three.
   */
  public static Launch prepare(Filter filter, Program program) {
    Installation installation = new Installation(filter);
    Program none = program.named(NO_PROGRAM);
    for (int i = 0; i < REHEARSALS; i++) {
      new Launch(installation, none, true).run();
    }
    return new Launch(installation, program.again(), false);
  }

  /**
   * Installs the filter on the calling thread, hands out the listener, starts the program, and
   * waits until it has ended.
   *
   * <p>Preconditions: {@link #prepare} was called by this thread.
   */
  public void run() {
    /*
     * From the first call on, this thread has the filter. Until the last line it only makes calls
     * that rehearsals have made before: it loads no class, throws nothing and opens no file. Read
     * the page of the package before you add a line.
     */
    int made = isRehearsal ? installation.rehearse() : installation.perform();
    handOutListener(made);
    if (made < 0 && !isRehearsal) {
      return;
    }
    int started = program.start(resultsAt);
    int child = started == 0 ? results.getInt(0) : NO_CHILD;
    handOutPid(started == 0 ? child : started);
    int ended;
    do {
      ended = SpawnCalls.awaitEnd(child, resultsAt);
    } while (ended == INTERRUPTED);
    handOutStatus(child);
  }

  private static final int INTERRUPTED = -Errno.EINTR.number();

  private synchronized void handOutListener(int value) {
    listener = value;
    notifyAll();
  }

  private synchronized void handOutPid(int value) {
    pid = value;
    notifyAll();
  }

  /** Reaps the child under the lock: nobody sends a signal to a number that was given back. */
  private synchronized void handOutStatus(int child) {
    int reaped = SpawnCalls.reap(child, resultsAt);
    status = reaped < 0 ? reaped : results.getInt(0);
    notifyAll();
  }

  /**
   * Waits until the filter is installed.
   *
   * @return its listener, a new object for each call
   * @throws SeccompException if it could not be installed; nothing was started then
   */
  public Listener listener() throws SeccompException, InterruptedException {
    int fd;
    synchronized (this) {
      while (listener == UNKNOWN) {
        wait();
      }
      fd = listener;
    }
    if (fd < 0) {
      throw Installation.failure(fd);
    }
    return new Listener(fd);
  }

  /**
   * Waits until the program is started.
   *
   * <p>Preconditions: {@link #listener} has returned.
   *
   * @throws NoSuchFileException if there is no such program
   * @throws FileSystemException if it cannot be started for another reason
   */
  public synchronized int pid() throws FileSystemException, InterruptedException {
    while (pid == UNKNOWN) {
      wait();
    }
    if (pid > 0) {
      return pid;
    }
    if (Errno.ENOENT.is(pid)) {
      throw new NoSuchFileException(program.name());
    }
    if (Errno.EACCES.is(pid)) {
      throw new AccessDeniedException(program.name(), null, Libc.text(pid));
    }
    throw new FileSystemException(program.name(), null, Libc.text(pid));
  }

  /**
   * Waits until the program has ended.
   *
   * <p>Preconditions: {@link #pid} has returned.
   */
  public synchronized Ending await() throws InterruptedException {
    while (status == UNKNOWN) {
      wait();
    }
    return Ending.of(status);
  }

  /**
   * Sends a signal to the program.
   *
   * @return whether there is a program; false if it has ended or is not started yet
   */
  public synchronized boolean signal(int signal) {
    if (pid <= 0 || status != UNKNOWN) {
      return false;
    }
    Libc.kill(pid, signal);
    return true;
  }
}
