package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;

/** The port for files that are served by other packages. Called from any thread; must not block. */
public interface ServedFile {
  /**
   * The text of now.
   *
   * @param caller who reads it, for texts that differ from process to process
   */
  String read(Cgroup group, Caller caller);

  /**
   * Carries out all the commands in the text, a line each, or none.
   *
   * @throws ErrnoException EINVAL for a bad line, and whatever the command meets
   */
  default void write(Cgroup group, String text) throws ErrnoException {
    throw new ErrnoException(Errno.EINVAL, "this file can only be read, not written");
  }
}
