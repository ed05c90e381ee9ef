package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;

/** A file whose text comes from another package. Called from any thread; must not block. */
public interface ServedFile {
  /**
   * The text at this moment.
   *
   * @param caller who reads it, because some texts differ from process to process
   */
  String read(Cgroup group, Caller caller);

  /** The numbers of it that stand in {@code sim.groups}, at this moment; none if it has none. */
  default Figures figures() {
    return Figures.NONE;
  }

  /**
   * Carries out the commands in a text, one on each line: all of them or none.
   *
   * @param writer who writes, and what is known of his rights
   * @throws ErrnoException EINVAL for a bad line, or the error of a command that fails
   */
  default void write(Cgroup group, Writer writer, String text) throws ErrnoException {
    throw new ErrnoException(Errno.EINVAL, "this file can only be read, not written");
  }
}
