package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.kernel.WriteLengths;

/** The kinds of text a control file takes; decides the longest write. */
public enum WriteShape {
  /** Nothing: a write is EINVAL. */
  NONE,
  /** A byte limit, or an event registration. */
  STRING,
  /** An integer: a flag, a number, a pid. */
  INTEGER,
  /** A path: {@code release_agent}. */
  PATH,
  /** Anything; the content is not looked at. */
  RESET,
  /** Lines of commands: ours. */
  COMMAND;

  /** Commands may fill what one FUSE request carries. */
  private static final int MAX_COMMAND_BYTES = 128 << 10;

  /** The longest write, in bytes. */
  public int maxBytes(WriteLengths lengths) {
    return switch (this) {
      case NONE -> Integer.MAX_VALUE;
      case STRING -> lengths.maxStringBytes();
      case INTEGER -> lengths.maxIntegerBytes();
      case PATH -> lengths.maxPathBytes();
      case RESET -> lengths.maxResetBytes();
      case COMMAND -> MAX_COMMAND_BYTES;
    };
  }
}
