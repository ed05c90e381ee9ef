package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.CoreSetting;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.fixture.FixtureException;
import io.github.vcgroupfs.fuse.FuseLibrary;
import io.github.vcgroupfs.fuse.FuseMount;
import io.github.vcgroupfs.fuse.MountOptions;
import io.github.vcgroupfs.hostview.Foreground;
import io.github.vcgroupfs.hostview.Namespaces;
import io.github.vcgroupfs.hostview.V1Layout;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.os.FileTable;
import io.github.vcgroupfs.os.Identity;
import io.github.vcgroupfs.os.NativeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Runs a command that sees our hierarchies as its machine's cgroup v1, and so do all processes that
 * come from it. This process serves the hierarchies and answers the calls; the command is its
 * child.
 *
 * <p>The mount lies in a mount namespace that only this process and the command have. So nothing is
 * left of it when both have ended, in whatever way.
 *
 * <p>Not thread-safe: one thread makes it and runs it.
 */
public final class SupervisedRun {
  /** A folder that every {@code /proc} has, for what lies there for a moment. */
  private static final Path WORKSHOP = Path.of("/proc/sys");

  private static final Path PLACE = WORKSHOP.resolve("mnt");

  private static final int GROUP_MODE = 0755;

  private final FuseLibrary library;
  private final DaemonSettings settings;
  private final Identity identity;
  private final Daemons daemons;
  private final boolean unified;
  private final Consumer<String> say;

  /**
   * A run with these settings.
   *
   * @param unified whether the host's v2 hierarchy may be seen beside ours
   * @param say prints a line for people
   */
  public SupervisedRun(
      FuseLibrary library,
      DaemonSettings settings,
      Identity identity,
      Daemons daemons,
      boolean unified,
      Consumer<String> say) {
    this.library = library;
    this.settings = settings;
    this.identity = identity;
    this.daemons = daemons;
    this.unified = unified;
    this.say = say;
  }

  /** Where the mount is for a moment, for the settings. */
  public static MountPoint place() {
    return new MountPoint(PLACE, PLACE.toString());
  }

  /**
   * Runs the command and waits until it and all that came from it have ended.
   *
   * @param group the group that it is a member of, in each hierarchy; made if it is missing
   * @param command the program and its arguments, one char a byte
   * @return its exit status; 128 + N if signal N ended it
   */
  public int run(Path group, List<String> command)
      throws IOException, MountException, FixtureException, InterruptedException {
    LastResort.install();
    Foreground foreground = Foreground.take();
    V1Layout layout = V1Layout.plan(hierarchies(settings.hierarchies()), unified);
    FuseMount mount = mount();
    try (ServersThread servers = new ServersThread()) {
      ServedMount served = ServedMount.assemble(settings, mount::device);
      try {
        served.restore(settings);
        makeGroups(served, layout, group);
        Namespaces.unshareMounts();
        Namespaces.tmpfs(WORKSHOP);
        Files.createDirectory(PLACE);
        mount.mount(served.files());
        // From here on this thread uses the mount, and so do all that it starts.
        FileTable.leaveFuse();
        layout.arrange(PLACE);
        Namespaces.detach(WORKSHOP);
        ServedHost host = new ServedHost(layout, served.hierarchies(), mount.device());
        return new SupervisedCommand(foreground, say)
            .run(host, command, pid -> servers.run(() -> join(served, group, pid)));
      } finally {
        // What outlasts this process is given back; the rest ends with it, which is faster.
        servers.run(
            () -> {
              served.abort();
              served.release();
            });
      }
    }
  }

  /** Does everything except mounting and starting the command, to load the classes for it. */
  public void rehearse() throws MountException, IOException, InterruptedException {
    Foreground.take();
    V1Layout layout = V1Layout.plan(hierarchies(settings.hierarchies()), unified);
    try (ServedMount served = ServedMount.assemble(settings, () -> "")) {
      makeGroups(served, layout, Path.of("g"));
      served.files();
      SupervisedCommand.rehearse(new ServedHost(layout, served.hierarchies(), ""));
    }
  }

  /** The hierarchies of a mount, for a layout. */
  static List<V1Layout.Hierarchy> hierarchies(List<HierarchySpec> specs) {
    boolean several = specs.size() > 1;
    return specs.stream()
        .map(
            each ->
                new V1Layout.Hierarchy(
                    each.controllerNames(),
                    each.label(),
                    each.directory(),
                    each.links(),
                    several ? "/" + each.directory() : ""))
        .toList();
  }

  private FuseMount mount() {
    MountOptions options =
        new MountOptions(
            settings.sizeMode(),
            settings.allowOther() || identity.isRoot(),
            settings.fuseThreads());
    return new FuseMount(library, settings.place(), options, identity, daemons);
  }

  /**
   * Makes the group of the command in each hierarchy. Its caller's own group in a hierarchy of the
   * host exists in ours, too: runc looks for it.
   */
  private static void makeGroups(ServedMount served, V1Layout layout, Path group)
      throws MountException {
    int index = 0;
    for (ServedHierarchy each : served.hierarchies()) {
      String callers = layout.placed().get(index++).callersPath();
      makeGroup(each, callers);
      makeGroup(each, NativeText.toBytes(group.toString()));
    }
  }

  private static void makeGroup(ServedHierarchy hierarchy, String path) throws MountException {
    Cgroup at = hierarchy.tree().root();
    for (String name : path.split("/", -1)) {
      if (!name.isEmpty() && !name.equals("..")) {
        Cgroup child = at.child(name);
        at = child == null ? makeChild(hierarchy, at, name) : child;
      }
    }
  }

  /** A group that a process can be in: with the processors of its parent, where that matters. */
  private static Cgroup makeChild(ServedHierarchy hierarchy, Cgroup parent, String name)
      throws MountException {
    CgroupTree tree = hierarchy.tree();
    String path = (parent.isRoot() ? "" : parent.path()) + "/" + name;
    try {
      boolean before = CoreSetting.CLONE_CHILDREN.of(parent);
      tree.set(parent, CoreSetting.CLONE_CHILDREN, true);
      hierarchy.files().mkdir(Caller.SELF, path, GROUP_MODE);
      tree.set(parent, CoreSetting.CLONE_CHILDREN, before);
      Cgroup child = Objects.requireNonNull(parent.child(name));
      tree.set(child, CoreSetting.CLONE_CHILDREN, before);
      return child;
    } catch (ErrnoException refused) {
      throw MountException.failed(
          "the group %s cannot be made: %s".formatted(path, refused.getMessage()));
    }
  }

  private static void join(ServedMount served, Path group, int pid) throws MountException {
    String path = NativeText.toBytes(group.toString());
    // The number of the command is one of our own pid namespace.
    Caller us =
        new Caller(
            Caller.SELF.uid(), Caller.SELF.gid(), Math.toIntExact(ProcessHandle.current().pid()));
    for (ServedHierarchy each : served.hierarchies()) {
      Cgroup found = each.tree().find(path);
      if (found != null && !found.isRoot()) {
        try {
          each.tree().attach(found, pid, Membership.Scope.PROCESS, us);
        } catch (ErrnoException refused) {
          throw MountException.failed(
              "the command cannot join the group %s: %s".formatted(path, refused.getMessage()));
        }
      }
    }
  }
}
