package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Set;

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

  /** Whether it is a folder of files of ours and has no text itself. */
  default boolean isFolder() {
    return false;
  }

  /** What a write to it can return in the kernel, beside what every write can. */
  default Set<Errno> errors() {
    return Set.of();
  }

  /**
   * The text of now, one char a byte.
   *
   * @throws ErrnoException EINVAL if the file has no text
   */
  default String read(Target target) throws ErrnoException {
    throw new ErrnoException(Errno.EINVAL, "this file can only be written, not read");
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
    throw new ErrnoException(Errno.EINVAL, "this file can only be read, not written");
  }
}
