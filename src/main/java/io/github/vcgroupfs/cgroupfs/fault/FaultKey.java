package io.github.vcgroupfs.cgroupfs.fault;

/** The keys of a line of {@code sim.fault}. In a line they are written in lower case. */
enum FaultKey {
  /** How many calls go well at first. */
  AFTER,
  /** How many calls are struck at most. */
  COUNT,
  /** How likely each of the calls is struck: 0 is never, 1 is always. */
  PROBABILITY,
  /** Milliseconds or seconds before the call. */
  DELAY,
  /** Bytes a read returns at most. */
  SHORT,
  /** The answer: the name of an errno. */
  ERROR,
  /** The groups, by their path from the group of the file. */
  GROUP,
  /** A process, by its name or id. */
  PROCESS
}
