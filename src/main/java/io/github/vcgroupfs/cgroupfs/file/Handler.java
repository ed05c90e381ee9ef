package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * What reads and writes a control file: the kernel's {@code cftype.read_*} and {@code write_*}. A
 * handler overrides what it does; the permission bits follow from the two shapes. Handlers of a
 * table are shared by all mounts, so they keep no state: everything they need comes with the {@link
 * FileTarget}. Called from any thread.
 */
public interface Handler {
  /** The kind of text it shows. */
  default ReadShape readShape() {
    return ReadShape.NONE;
  }

  /** The kind of text it takes. */
  default WriteShape writeShape() {
    return WriteShape.NONE;
  }

  /**
   * The text of now, one char a byte.
   *
   * @throws ErrnoException EINVAL if the file has no text
   */
  default String read(FileTarget target) throws ErrnoException {
    throw new ErrnoException(Errno.EINVAL, "this file can only be written, not read");
  }

  /**
   * How many bytes the text of now has; 0 if the file has none.
   *
   * @throws ErrnoException as {@link #read}
   */
  default int sizeBytes(FileTarget target) throws ErrnoException {
    return readShape() == ReadShape.NONE ? 0 : read(target).length();
  }

  /**
   * Carries out one write.
   *
   * @throws ErrnoException EINVAL if the file takes none, or what the rule says
   */
  default void write(FileTarget target, byte[] written) throws ErrnoException {
    throw new ErrnoException(Errno.EINVAL, "this file can only be read, not written");
  }
}
