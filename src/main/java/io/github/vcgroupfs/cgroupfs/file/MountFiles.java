package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroupfs.inode.Inodes;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.rights.Quota;
import io.github.vcgroupfs.rights.Quotas;
import io.github.vcgroupfs.rights.Sharing;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of one mount and what is behind them: the hierarchy, the table of files, owners and
 * modes, and the files that other packages serve. Handlers reach all this through their {@link
 * FileTarget}. Thread-safe.
 */
public final class MountFiles implements MountView {
  private final CgroupTree tree;
  private final FileTable table;
  private final Inodes inodes;
  private final Map<Served, ServedFile> served;
  private final Sharing sharing;
  private final Set<ControlFile> warned = ConcurrentHashMap.newKeySet();

  /**
   * The files of a mount.
   *
   * @param tree its groups
   * @param table its files
   * @param inodes owners and modes of the files
   * @param served the files that other packages serve; copied
   * @param sharing what its users may have the daemon do
   */
  public MountFiles(
      CgroupTree tree,
      FileTable table,
      Inodes inodes,
      Map<Served, ServedFile> served,
      Sharing sharing) {
    this.tree = tree;
    this.table = table;
    this.inodes = inodes;
    this.served = new EnumMap<>(served);
    this.sharing = sharing;
  }

  @Override
  public CgroupTree tree() {
    return tree;
  }

  /** The table of files. */
  public FileTable table() {
    return table;
  }

  @Override
  public Inodes inodes() {
    return inodes;
  }

  @Override
  public Sharing sharing() {
    return sharing;
  }

  /**
   * Makes a group. It counts for its maker until it is removed, and belongs to him.
   *
   * @param mode permission bits of the directory
   * @param nowNs nanoseconds since the epoch
   * @throws ErrnoException ENOSPC if that is a group too many, and the errors of {@link
   *     CgroupTree#mkdir}
   */
  public Cgroup makeGroup(Cgroup parent, String name, int mode, Caller maker, long nowNs)
      throws ErrnoException {
    Quotas quotas = sharing.quotas();
    quotas.take(maker, Quota.GROUPS, 1);
    boolean made = false;
    try {
      Cgroup group =
          tree.mkdir(
              parent, name, born -> inodes.created(born, mode, maker.uid(), maker.gid(), nowNs));
      made = true;
      return group;
    } finally {
      if (!made) {
        quotas.give(maker.uid(), Quota.GROUPS, 1);
      }
    }
  }

  /** Forgets a group that was removed. Again is no harm. */
  public void groupRemoved(Cgroup group) {
    inodes.removed(group).ifPresent(uid -> sharing.quotas().give(uid, Quota.GROUPS, 1));
  }

  @Override
  public @Nullable EventFile fileOf(long ino) {
    return table.byIndex(inodes.index(ino));
  }

  /** Whether there is something behind one of the {@code sim.*} files. */
  public boolean serves(Served which) {
    return served.containsKey(which);
  }

  @Override
  public ServedFile served(Served which) {
    ServedFile file = served.get(which);
    if (file == null) {
      throw new IllegalStateException("nobody serves " + which.fullName() + " in this mount");
    }
    return file;
  }

  /**
   * Whether this is the first warning about a file in this mount: {@code pr_warn_once}. True only
   * once.
   */
  public boolean isFirstWarning(ControlFile row) {
    return warned.add(row);
  }
}
