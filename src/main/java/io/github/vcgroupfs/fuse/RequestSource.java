package io.github.vcgroupfs.fuse;

/** Where {@link FuseThreads} has its work from: a session of libfuse. Thread-safe. */
interface RequestSource {
  /** Room for one request at a time. Used by one thread. */
  Request newRequest();

  /** Lets no request be received any more. */
  void end();

  /** A request of the kernel, in memory that the next one takes over. */
  interface Request extends AutoCloseable {
    /** What {@link #interrupted} says of all requests but one kind; no request has this id. */
    long NOTHING = 0;

    /**
     * Waits for the next request.
     *
     * @return its bytes; 0: the session has ended; a negative errno
     */
    int receive();

    /** Its number, which the kernel has chosen. */
    long id();

    /** The number of the request whose caller was interrupted, if this is about that. */
    long interrupted();

    /** Carries it out. Does not throw for anything that a caller can do. */
    void process();

    /** Frees the room. */
    @Override
    void close();
  }
}
