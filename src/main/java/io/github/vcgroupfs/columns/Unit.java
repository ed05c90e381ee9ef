package io.github.vcgroupfs.columns;

/** What a number counts. */
public enum Unit {
  /** Bytes. */
  BYTES,
  /** Things: sockets, processes, events. */
  COUNT,
  /** Milliseconds. */
  MILLISECONDS,
  /** Yes (1) or no (0). */
  FLAG
}
