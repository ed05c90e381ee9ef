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

  /** Whether its text differs from reader to reader, so that its size does, too. */
  default boolean differsByReader() {
    return false;
  }

  /** How many bytes the text of now has; 0 if there is none. */
  default int sizeBytes(Target target) throws ErrnoException {
    return readShape() == ReadShape.NONE ? 0 : read(target).length();
  }

  /** When it takes over what was recorded of it. */
  default Restoring restoring() {
    return Restoring.NEVER;
  }

  /**
   * Takes over what was recorded of it, as far as the model can: what this kernel refuses stays as
   * it is, and {@link #agrees} tells.
   */
  default void restore(Target target, String recorded) {}

  /**
   * Whether the model says what was recorded.
   *
   * @throws ErrnoException as {@link #read}
   */
  default boolean agrees(Target target, String recorded) throws ErrnoException {
    return readShape() == ReadShape.NONE || read(target).equals(recorded);
  }

  /**
   * What a reader gets where the model does not know what was recorded: that, but for what is
   * known.
   *
   * @throws ErrnoException as {@link #read}
   */
  default String showRecorded(String recorded, Target target) throws ErrnoException {
    return recorded;
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
