package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.hostview.Foreground;
import io.github.vcgroupfs.hostview.Namespaces;
import io.github.vcgroupfs.hostview.V1Layout;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.os.MountEntry;
import io.github.vcgroupfs.os.MountTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs a command, and all that comes from it, on the hierarchies of a mount that another process
 * serves. Not thread-safe: one thread makes it and runs it.
 */
public final class MountedRun {
  private final MountPoint place;
  private final List<HierarchySpec> specs;
  private final boolean unified;
  private final Consumer<String> say;

  /**
   * A run on a mount.
   *
   * @param place where it is mounted
   * @param specs its hierarchies
   * @param unified whether the host's v2 hierarchy may be seen beside them
   * @param say prints a line for people
   */
  public MountedRun(
      MountPoint place, List<HierarchySpec> specs, boolean unified, Consumer<String> say) {
    this.place = place;
    this.specs = List.copyOf(specs);
    this.unified = unified;
    this.say = say;
  }

  /** Makes the command a member of its group. */
  public interface Joining {
    /**
     * Makes a process a member.
     *
     * @param hierarchies the folders with the roots of the hierarchies
     */
    void join(int pid, List<Path> hierarchies) throws MountException;
  }

  /**
   * Runs the command and waits until it and all that came from it have ended.
   *
   * @param command the program and its arguments, one char a byte
   * @return its exit status; 128 + N if signal N ended it
   */
  public int run(List<String> command, Joining joining)
      throws IOException, MountException, InterruptedException {
    Foreground foreground = Foreground.take();
    String device =
        MountTable.read()
            .top(place.bytes())
            .map(MountEntry::device)
            .orElseThrow(() -> MountException.failed("nothing is mounted on " + place));
    V1Layout layout = V1Layout.plan(SupervisedRun.hierarchies(specs), unified);
    Namespaces.unshareMounts();
    layout.arrange(place.path());
    List<Path> roots = layout.placed().stream().map(V1Layout.Placed::place).toList();
    return new SupervisedCommand(foreground, say)
        .run(new MountedHost(layout, device), command, pid -> joining.join(pid, roots));
  }
}
