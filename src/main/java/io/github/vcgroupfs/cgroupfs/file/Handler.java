package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * Reads and writes a control file: the kernel's {@code cftype.read_*} and {@code write_*}.
 *
 * <p>A handler overrides only the methods it needs. The permission bits follow from the two shapes.
 * One handler serves all mounts, so it keeps no state: everything it needs comes with the {@link
 * FileTarget}. Any thread may call it.
 */
public interface Handler {
  /** The kind of text that a read returns. */
  default ReadShape readShape() {
    return ReadShape.NONE;
  }

  /** The kind of text that a write expects. */
  default WriteShape writeShape() {
    return WriteShape.NONE;
  }

  /**
   * The text of the file at this moment, one char for each byte.
   *
   * @throws ErrnoException EINVAL if the file cannot be read
   */
  default String read(FileTarget target) throws ErrnoException {
    throw new ErrnoException(Errno.EINVAL, "this file can only be written, not read");
  }

  /**
   * How many bytes the text has at this moment. 0 if the file cannot be read.
   *
   * @throws ErrnoException as {@link #read}
   */
  default int sizeBytes(FileTarget target) throws ErrnoException {
    return readShape() == ReadShape.NONE ? 0 : read(target).length();
  }

  /**
   * Carries out one write.
   *
   * @throws ErrnoException EINVAL if the file cannot be written, or the error of the rule that
   *     refuses
   */
  default void write(FileTarget target, byte[] written) throws ErrnoException {
    throw new ErrnoException(Errno.EINVAL, "this file can only be read, not written");
  }
}
