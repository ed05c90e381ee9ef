package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.ErrnoException;

/** Is told of failures that no call can report, because the call had returned before. */
public interface NewsListener {
  /**
   * Something failed. Called without a lock, from any thread; must not block.
   *
   * @param group for which
   * @param file the name of the file whose command had begun it
   * @param subject what failed, as the command calls it
   * @param failure with which errno, and why
   */
  void failed(Cgroup group, String file, String subject, ErrnoException failure);
}
