package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.MemCgroup;

/** The port for files that are served elsewhere. Called from any thread; must not block. */
public interface ServedFile {
  /** The text of now. */
  String read(MemCgroup group);

  /**
   * Carries out all the commands in the text, a line each, or none.
   *
   * @throws ErrnoException EINVAL for a bad line, and whatever the command meets
   */
  default void write(MemCgroup group, String text) throws ErrnoException {
    throw new ErrnoException(Errno.EINVAL, "it can only be read");
  }
}
