package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.MountFiles;
import io.github.vcgroupfs.cgroupfs.file.VisibleFile;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import io.github.vcgroupfs.cgroupfs.inode.Inode;
import io.github.vcgroupfs.cgroupfs.inode.Inodes;
import io.github.vcgroupfs.cgroupfs.path.Node;
import io.github.vcgroupfs.cgroupfs.restore.RecordedTexts;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import java.util.function.Supplier;

/**
 * What {@code stat} shows of groups and files, and what {@code truncate} changes in it. Has no
 * state.
 */
final class FileStats {
  private final MountFiles mount;
  private final Inodes inodes;
  private final RecordedTexts texts;
  private final SizeMode sizeMode;

  /**
   * The attributes of a mount's groups and files.
   *
   * @param texts whose length an exact size is
   * @param sizeMode what st_size of files is
   */
  FileStats(MountFiles mount, RecordedTexts texts, SizeMode sizeMode) {
    this.mount = mount;
    this.inodes = mount.inodes();
    this.texts = texts;
    this.sizeMode = sizeMode;
  }

  /**
   * What {@code stat} shows of a group. A folder of {@code sim.*} files does not count as a link,
   * see {@link OpenDirectory}.
   */
  Attributes of(Cgroup group) {
    int nlink = 2 + group.children().size();
    return inodes.of(group).attributes(inodes.number(group), FileType.DIRECTORY, nlink, 0);
  }

  /**
   * Of a file.
   *
   * @param caller who asks, looked up only where that makes a difference
   */
  Attributes of(Cgroup group, VisibleFile file, Supplier<Caller> caller) throws ErrnoException {
    long sizeBytes =
        switch (sizeMode) {
          case ZERO -> inodes.readable(group, file).sizeBytes();
          case EXACT -> {
            boolean differs = file.row().differsByReader();
            Caller reader = differs ? caller.get() : Caller.SELF;
            yield texts.sizeBytes(file, new FileTarget(mount, group, reader));
          }
        };
    FileType type = file.isFolder() ? FileType.DIRECTORY : FileType.FILE;
    return inodes
        .readable(group, file)
        .attributes(inodes.number(group, file), type, file.isFolder() ? 2 : 1, sizeBytes);
  }

  /** Cuts the file that a path leads to, and returns it. */
  VisibleFile truncate(Node node, long sizeBytes, long nowNs) throws ErrnoException {
    VisibleFile file = node.requireControlFile();
    truncate(node.groupOrThrow(), file, sizeBytes, nowNs);
    return file;
  }

  /**
   * Takes down that a file was cut, or opened with O_TRUNC.
   *
   * @throws ErrnoException EFBIG above 2^31 - 1 bytes
   */
  void truncate(Cgroup group, VisibleFile file, long sizeBytes, long nowNs) throws ErrnoException {
    Inode inode = inodes.changeable(group, file);
    Inode.requirePossible(sizeBytes);
    if (mount.tree().profile().has(KernelFeature.TRUNCATE_SETS_SIZE)) {
      inode.setSize(sizeBytes);
    }
    inode.truncated(nowNs);
  }
}
