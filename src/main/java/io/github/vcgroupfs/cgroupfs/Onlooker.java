package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.cgroupfs.file.MountFiles;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.VisibleFile;
import io.github.vcgroupfs.cgroupfs.journal.LogReader;
import io.github.vcgroupfs.cgroupfs.path.Node;
import io.github.vcgroupfs.cgroupfs.path.Paths;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.rights.Sharing;
import org.jspecify.annotations.Nullable;

/**
 * A user who reads what happened in the mount. He sees what he did himself, and what others did to
 * a file or group that he may read now: {@link Sight} says so for it and for every directory on the
 * way from the root of the hierarchy. What has been removed or renamed since is nobody's business
 * but that of who did it, of root and of the mount's owner.
 *
 * <p>For one thread and one answer.
 */
final class Onlooker implements LogReader {
  private final MountFiles mount;
  private final Paths paths;
  private final Caller caller;
  private final Sight sight;

  private Onlooker(MountFiles mount, Paths paths, Caller caller) {
    this.mount = mount;
    this.paths = paths;
    this.caller = caller;
    this.sight = new Sight(mount, caller);
  }

  /** Who reads a log of this mount. Root and the mount's owner see everything, at no cost. */
  static LogReader of(MountFiles mount, Paths paths, Caller caller) {
    Sharing sharing = mount.sharing();
    return sharing.rights().isOwner(caller)
        ? LogReader.EVERYTHING
        : new Onlooker(mount, paths, caller);
  }

  @Override
  public @Nullable String process(String process, int uid) {
    return sight.reader().process(process, uid);
  }

  @Override
  public boolean maySee(About about) {
    if (about.uid() == caller.uid()) {
      return true;
    }
    Node node = paths.find(about.path());
    Cgroup group = node.group();
    if (group == null || node.freeName() != null || node.folder() != null) {
      return false;
    }
    return isSame(about, group, node.file()) && mayRead(group, node.file());
  }

  /** Whether what the path leads to is what it led to then; a made group came after the look. */
  private static boolean isSame(About about, Cgroup group, @Nullable VisibleFile file) {
    Cgroup parent = group.parent();
    boolean made =
        about.call() == FsCall.MKDIR
            && file == null
            && parent != null
            && parent.id() == about.groupId();
    return made || group.id() == about.groupId();
  }

  private boolean mayRead(Cgroup group, @Nullable VisibleFile file) {
    boolean itself =
        file == null
            ? sight.mayList(group)
            : sight.mayRead(group, file)
                && (!hasAddresses(file)
                    || mount.inodes().readable(group, file).uid() == caller.uid());
    return itself && sight.mayReach(file == null ? group.parent() : group);
  }

  /**
   * Whether lines about it say what the file itself says to its owner only: whom a relay connects.
   */
  private static boolean hasAddresses(VisibleFile file) {
    return file.row().served() == Served.TCP_RELAY;
  }
}
