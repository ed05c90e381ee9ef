package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.memcg.Hierarchy;
import io.github.vcgroupfs.memcg.MemCgroup;
import java.util.function.Supplier;

/**
 * What {@code stat} shows of groups and files, and what {@code truncate} makes of it. Stateless.
 *
 * @param tree the hierarchy
 * @param sizeMode what st_size of files is
 * @param inodes owners, modes, times
 * @param texts whose length an exact size is
 */
record FileStats(Hierarchy tree, SizeMode sizeMode, Inodes inodes, RecordedTexts texts) {

  /** Of a group. A folder of ours is no link of it, see {@link OpenDirectory}. */
  Attributes of(MemCgroup group) {
    int nlink = 2 + group.children().size();
    return inodes.of(group).attributes(Inodes.number(group), true, nlink, 0);
  }

  /**
   * Of a file.
   *
   * @param caller who asks, looked up only where that makes a difference
   */
  Attributes of(MemCgroup group, VisibleFile file, Supplier<Caller> caller) throws ErrnoException {
    long sizeBytes =
        switch (sizeMode) {
          case ZERO -> inodes.readable(group, file).sizeBytes();
          case EXACT -> {
            boolean differs = file.row().handler().differsByReader();
            Caller reader = differs ? caller.get() : Caller.SELF;
            yield texts.sizeBytes(file, new Target(tree, group, reader));
          }
        };
    boolean folder = file.isFolder();
    return inodes
        .readable(group, file)
        .attributes(Inodes.number(group, file), folder, folder ? 2 : 1, sizeBytes);
  }

  /**
   * Takes down that a file was cut, or opened with O_TRUNC.
   *
   * @throws ErrnoException EFBIG, in the kernels where the size counts
   */
  void truncate(MemCgroup group, VisibleFile file, long sizeBytes, long nowNs)
      throws ErrnoException {
    Inode inode = inodes.changeable(group, file);
    if (tree.profile().has(KernelFeature.TRUNCATE_SETS_SIZE)) {
      inode.setSize(sizeBytes);
    }
    inode.truncated(nowNs);
  }
}
