package io.github.vcgroupfs.cgroupfs.file;

/** The kinds of text that a read returns. The kind decides when the text is made. */
public enum ReadShape {
  /** Nothing: a read is EINVAL. */
  NONE,
  /** One number and a newline. */
  NUMBER,
  /** A list of numbers in one line. When it is made is as for a number. */
  LIST,
  /** Text in lines: a {@code seq_file} in every kernel. */
  TEXT,
  /** Process ids. The list is made when the file is opened (3.x) or first read. */
  PIDS
}
