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
 * The control files of one mount, by name, for the root and for all other groups: the rows that its
 * profile has and for which somebody serves what they need. Immutable once the mount is served.
 */
public final class FileTable {
  private final KernelProfile profile;
  private final List<VisibleFile> all = new ArrayList<>();
  private final Map<String, VisibleFile> root = new LinkedHashMap<>();
  private final Map<String, VisibleFile> others = new LinkedHashMap<>();

  /**
   * The table of a mount.
   *
   * @param profile whose files
   * @param rows in the order of a directory
   * @param served what somebody serves in this mount
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
   * Adds a file that no kernel of ours has, for the groups of a fixture that recorded it. Before
   * the mount is served.
   *
   * @param handler this mount's own
   * @throws ErrnoException ENOSPC if inode numbers have no room for another kind of file
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

  /** The file of that name in such a directory, or null. */
  public @Nullable VisibleFile find(boolean inRoot, String name) {
    return (inRoot ? root : others).get(name);
  }

  /** The file with that index, whichever directories it stands in, or null. */
  public @Nullable VisibleFile byIndex(int index) {
    return index > 0 && index <= all.size() ? all.get(index - 1) : null;
  }

  /** All files in such a directory and in folders of ours below it, in the order of the rows. */
  public Collection<VisibleFile> files(boolean inRoot) {
    return (inRoot ? root : others).values();
  }
}
