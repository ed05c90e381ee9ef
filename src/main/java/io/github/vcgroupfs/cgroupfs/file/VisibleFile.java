package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.cgroup.EventSource;
import org.jspecify.annotations.Nullable;

/**
 * A control file as it stands in the directories of a mount. Immutable.
 *
 * @param name in the group's directory; of a file in a folder of ours: the folder, a slash, the
 *     name
 * @param row what it is
 * @param index unique among the names of a mount: the lowest part of the inode number
 * @param mode permission bits
 * @param writable whether a write can do anything but fail
 */
public record VisibleFile(String name, ControlFile row, int index, int mode, boolean writable)
    implements EventFile {
  /** What stands between a folder of ours and a file in it. */
  private static final char SEPARATOR = '/';

  /** What reads and writes it. */
  public Handler handler() {
    return row.handler();
  }

  @Override
  public @Nullable EventSource events() {
    return row.events();
  }

  /** Whether it is a folder of ours and no file. */
  public boolean isFolder() {
    return row.folder();
  }

  /** The name in the directory that shows it: without the folder. */
  public String lastName() {
    return name.substring(name.lastIndexOf(SEPARATOR) + 1);
  }

  /** Whether it stands in that folder; null: in the group's directory itself. */
  public boolean isIn(@Nullable VisibleFile folder) {
    int end = name.lastIndexOf(SEPARATOR);
    return folder == null ? end < 0 : end >= 0 && name.substring(0, end).equals(folder.name);
  }
}
