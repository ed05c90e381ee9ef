package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.cgroupfs.inode.Inodes;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The control files of one mount, by name. There is one table for the root and one for all other
 * groups. A row is in it if the profile has the file and somebody serves what the row needs.
 * Immutable once the mount is served.
 */
public final class FileTable {
  private final KernelProfile profile;
  private final List<VisibleFile> all = new ArrayList<>();
  private final Map<String, VisibleFile> root = new LinkedHashMap<>();
  private final Map<String, VisibleFile> others = new LinkedHashMap<>();

  /**
   * The table of a mount.
   *
   * @param profile the kernel whose files are shown
   * @param rows in the order in which a directory lists them
   * @param served what is served in this mount
   */
  public FileTable(KernelProfile profile, List<ControlFile> rows, Set<Served> served) {
    this.profile = profile;
    for (ControlFile row : rows) {
      if (row.served() == null || served.contains(row.served())) {
        add(row, row.fullName());
        String alias = row.alias();
        if (alias != null && row.hasAlias(profile)) {
          add(row, alias);
        }
      }
    }
  }

  private void add(ControlFile row, String name) {
    int index = all.size() + 1; // 0 is the directory itself
    VisibleFile file =
        new VisibleFile(name, row, index, row.mode(profile), row.isWritable(profile));
    all.add(file);
    if (row.isIn(profile, true)) {
      root.put(name, file);
    }
    if (row.isIn(profile, false)) {
      others.put(name, file);
    }
  }

  /**
   * Adds a file that no kernel profile has, because a fixture recorded it. Call this before the
   * mount is served.
   *
   * @param handler the handler for this mount alone
   * @throws ErrnoException ENOSPC if no inode number is left for another kind of file
   */
  public void addRecorded(String name, Handler handler, Visibility where) throws ErrnoException {
    if (all.size() == Inodes.MAX_INDEX) {
      throw new ErrnoException(
          Errno.ENOSPC,
          "%s is a file too many: a mount has %d kinds of control files at most, so name fewer in extra_files"
              .formatted(name, Inodes.MAX_INDEX));
    }
    ControlFile row =
        ControlFile.of(FileOwner.CORE, name, handler, Fidelity.STUB, "a fixture")
            .visible(where)
            .build();
    add(row, name);
  }

  /**
   * The file of this name, or null.
   *
   * @param inRoot true to look in the root, false to look in another group
   */
  public @Nullable VisibleFile find(boolean inRoot, String name) {
    return (inRoot ? root : others).get(name);
  }

  /** The file with this index, whichever directories have it, or null. */
  public @Nullable VisibleFile byIndex(int index) {
    return index > 0 && index <= all.size() ? all.get(index - 1) : null;
  }

  /**
   * All files, in the order of the rows. Files in a folder of {@code sim.*} are included.
   *
   * @param inRoot true for those of the root, false for those of another group
   */
  public Collection<VisibleFile> files(boolean inRoot) {
    return (inRoot ? root : others).values();
  }

  /** The name of a file of the root from which a number can be read. */
  public String someNumber() {
    for (VisibleFile file : root.values()) {
      boolean isNumber = file.handler().readShape() == ReadShape.NUMBER;
      if (isNumber && (file.mode() & 0400) != 0) {
        return file.name();
      }
    }
    throw new IllegalStateException("no number can be read in the root");
  }
}
