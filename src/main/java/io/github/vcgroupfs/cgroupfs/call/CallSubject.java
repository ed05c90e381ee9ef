package io.github.vcgroupfs.cgroupfs.call;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.kernel.Caller;
import org.jspecify.annotations.Nullable;

/**
 * One call: what is called, by whom, on what. Immutable.
 *
 * @param call what is called
 * @param caller who calls
 * @param group the group, or the one in which the file or name is; null if the path leads to none
 * @param path from the root, as it was asked for; one char a byte
 * @param argument what was written, one char a byte, or a second path, or null
 */
public record CallSubject(
    FsCall call, Caller caller, @Nullable Cgroup group, String path, @Nullable String argument) {
  /** The name of a group's own directory. */
  public static final String SELF = ".";

  /** Whether it is about a group itself, and not about a name in it. */
  public boolean isGroup() {
    return group != null && path.equals(group.path());
  }

  /** The last name of the path; of a group: {@link #SELF}. */
  public String name() {
    return isGroup() ? SELF : path.substring(path.lastIndexOf('/') + 1);
  }
}
