package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * What stands behind a row: the kernel's {@code cftype.read_*} and {@code write_*}. A handler
 * overrides what it does; the permission bits follow from that.
 */
interface Handler {
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
  default String read(Target target) throws ErrnoException {
    throw new ErrnoException(Errno.EINVAL, "this file can only be written");
  }

  /** How many bytes the text of now has; 0 if there is none. */
  default int sizeBytes(Target target) throws ErrnoException {
    return readShape() == ReadShape.NONE ? 0 : read(target).length();
  }

  /**
   * Carries out one write.
   *
   * @throws ErrnoException EINVAL if the file takes none, or what the rule says
   */
  default void write(Target target, byte[] written) throws ErrnoException {
    throw new ErrnoException(Errno.EINVAL, "this file can only be read");
  }
}
