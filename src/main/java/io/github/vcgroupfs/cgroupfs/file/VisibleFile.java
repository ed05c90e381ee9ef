package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.cgroup.EventSource;
import org.jspecify.annotations.Nullable;

/**
 * A control file as a mount shows it. Immutable.
 *
 * @param name in the group's directory; for a file in a folder: the folder, a slash, the name
 * @param row the row of the table
 * @param index different for each name in a mount; the lowest part of the inode number
 * @param mode permission bits
 * @param writable whether a write can succeed
 */
public record VisibleFile(String name, ControlFile row, int index, int mode, boolean writable)
    implements EventFile {
  /** Stands between the name of a folder and the name of a file in it. */
  private static final char SEPARATOR = '/';

  /** Reads and writes the file. */
  public Handler handler() {
    return row.handler();
  }

  @Override
  public @Nullable EventSource events() {
    return row.events();
  }

  /** Whether it is a folder of {@code sim.*} files, and no file. */
  public boolean isFolder() {
    return row.folder();
  }

  /** The name without the folder. */
  public String lastName() {
    return name.substring(name.lastIndexOf(SEPARATOR) + 1);
  }

  /**
   * Whether the file is in this folder; for null, whether it is in the group's directory itself.
   */
  public boolean isIn(@Nullable VisibleFile folder) {
    int end = name.lastIndexOf(SEPARATOR);
    return folder == null ? end < 0 : end >= 0 && name.substring(0, end).equals(folder.name);
  }
}
