package io.github.vcgroupfs.cgroupfs.call;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.kernel.Caller;
import org.jspecify.annotations.Nullable;

/**
 * One call: what is called, by whom, and on what. Immutable.
 *
 * @param call what is called
 * @param caller who calls
 * @param group the group, or the group that contains the file or name; null if the path leads to
 *     none
 * @param path from the root, as the caller gave it; one char for each byte
 * @param argument the text that was written, one char for each byte, or a second path, or null
 */
public record CallSubject(
    FsCall call, Caller caller, @Nullable Cgroup group, String path, @Nullable String argument) {
  /** Stands for a group's own directory. */
  public static final String SELF = ".";

  /** Whether the call is about a group itself, and not about a name in it. */
  public boolean isGroup() {
    return group != null && path.equals(group.path());
  }

  /** The last name of the path. For a group it is {@link #SELF}. */
  public String name() {
    return isGroup() ? SELF : path.substring(path.lastIndexOf('/') + 1);
  }
}
