package io.github.vcgroupfs.conformance;

/** A hierarchy that was mounted for one test, and processes to put into it. */
public interface CgroupMount extends AutoCloseable {

  /** The top group. */
  Cgroup root();

  /** A process that does nothing and lives until it is ended; it is a member of the root. */
  int startProcess();

  /** Ends a process and waits until it is gone. */
  void endProcess(int pid);

  /** Unmounts; fails if handles were not given back or the model's invariants do not hold. */
  @Override
  void close();

  /**
   * What the command line says.
   *
   * @param profile {@code --profile}
   * @param strict {@code --strict}
   * @param accountingAlways {@code --accounting always}
   */
  record Options(String profile, boolean strict, boolean accountingAlways) {
    /** {@code vcgroupfs mount}. */
    public static final Options DEFAULT = new Options("lwn-2011", false, false);

    /** {@code vcgroupfs mount --strict}. */
    public static final Options STRICT = new Options("lwn-2011", true, false);

    /** {@code vcgroupfs mount --accounting always}. */
    public static final Options ALWAYS = new Options("lwn-2011", false, true);
  }
}
