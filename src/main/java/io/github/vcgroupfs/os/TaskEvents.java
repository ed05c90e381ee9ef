package io.github.vcgroupfs.os;

/**
 * What the kernel tells of threads that are born, change their program and end. A birth is told
 * before the new thread runs, with the thread that really forked it. That is not always the parent
 * that {@code /proc} names. An end is told before anybody else can notice it.
 *
 * <p><b>Concurrency:</b> {@link #await} and {@link #wake} may be called from any thread. The other
 * methods need a lock of the caller's.
 */
public interface TaskEvents extends AutoCloseable {
  /** Takes in what happened. The ids are those of this process's pid namespace. */
  interface Sink {
    /**
     * A thread was born; it is a process of its own if both its ids are the same.
     *
     * @param forker the thread that forked it; 0 or less if it cannot be seen from here
     */
    void forked(int forker, int pid, int tid);

    /**
     * A thread has ended, but see {@link #execed}.
     *
     * @param tid its id, which another one can get from now on
     */
    void exited(int tid);

    /**
     * A process runs another program. It has one thread now, with the id of the process. If it was
     * another thread that did it, the former first one was told to have ended, and of the one that
     * took its id no end is told.
     *
     * <p>If the program has the setuid bit or may not be read, the next event of this thread says
     * that it has ended, although it lives on.
     */
    void execed(int pid);

    /** There were other events before the next one, which the kernel could not keep. */
    void lost();
  }

  /**
   * Hands over what has happened, in that order. All that had ended to happen before the call is
   * there. Of what happens meanwhile there is a part, but never an effect without its cause.
   */
  void drain(Sink sink);

  /** Waits until so much has happened that somebody should call {@link #drain}, or for a wake. */
  void await() throws InterruptedException;

  /** Ends one {@link #await}, now or later. */
  void wake();

  /** Ends the events. Preconditions: nobody waits any more. */
  @Override
  void close();
}
