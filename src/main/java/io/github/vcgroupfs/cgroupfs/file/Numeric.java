package io.github.vcgroupfs.cgroupfs.file;

/** For a file that shows one number: gives it without a text. */
public interface Numeric extends Handler {
  /** The number that the file shows, unsigned. */
  long number(FileTarget target);
}
