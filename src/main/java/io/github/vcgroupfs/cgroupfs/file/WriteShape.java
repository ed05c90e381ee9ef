package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.kernel.WriteLengths;

/** The kinds of text that a write expects. The kind decides how long a write may be. */
public enum WriteShape {
  /** Nothing: a write is EINVAL. */
  NONE,
  /** A limit in bytes, or a registration for an event. */
  STRING,
  /** A word that reaches the members of a group: {@code freezer.state}. */
  STATE,
  /** A line with a device and what holds for it. */
  RULE,
  /** An integer: a flag, a number, or a pid. */
  INTEGER,
  /** A path: {@code release_agent}. */
  PATH,
  /** Any text; nobody looks at it. */
  RESET,
  /** A list of numbers. How long it may be depends on the machine, so its handler looks. */
  LIST,
  /** Lines with commands for {@code sim.*} files. */
  COMMAND;

  /** Commands may fill what one FUSE request carries. */
  private static final int MAX_COMMAND_BYTES = 128 << 10;

  /** The longest write in bytes. */
  public int maxBytes(WriteLengths lengths) {
    return switch (this) {
      case NONE, LIST -> Integer.MAX_VALUE;
      case STRING, STATE -> lengths.maxStringBytes();
      case RULE -> lengths.maxRuleBytes();
      case INTEGER -> lengths.maxIntegerBytes();
      case PATH -> lengths.maxPathBytes();
      case RESET -> lengths.maxResetBytes();
      case COMMAND -> MAX_COMMAND_BYTES;
    };
  }

  /** The longest write in bytes of which the kernel looks at more than the length. */
  public int maxBytesAtAll(WriteLengths lengths) {
    return switch (this) {
      case NONE, STRING, STATE, RULE, INTEGER, PATH, RESET -> lengths.maxAnyBytes();
      case LIST, COMMAND -> Integer.MAX_VALUE;
    };
  }
}
