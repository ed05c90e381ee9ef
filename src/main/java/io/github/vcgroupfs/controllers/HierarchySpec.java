package io.github.vcgroupfs.controllers;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One hierarchy of a mount, before it is made: which controllers it has. Immutable.
 *
 * @param label the name of a named hierarchy, such as {@code systemd} of {@code name=systemd}; null
 *     for a hierarchy that is known by its controllers
 * @param controllers none, one or several
 */
public record HierarchySpec(@Nullable String label, List<ControllerKind> controllers) {
  /** Copies the list, and puts it into the kernel's order. */
  public HierarchySpec {
    if (controllers.size() < 2) { // the usual case, on the way of every start
      controllers = List.copyOf(controllers);
    } else {
      controllers =
          controllers.stream()
              .sorted((a, b) -> Integer.compare(Controllers.place(a), Controllers.place(b)))
              .toList();
    }
  }

  /** A hierarchy with this controller and no other. */
  public static HierarchySpec of(ControllerKind controller) {
    return new HierarchySpec(null, List.of(controller));
  }

  /** The name of its directory in a mount of several hierarchies, as distributions name it. */
  public String directory() {
    return label == null ? String.join(",", names()) : label;
  }

  /** The other names of that directory: the names of its controllers, if there are several. */
  public List<String> links() {
    return controllers.size() > 1 ? names() : List.of();
  }

  /**
   * Makes the hierarchy. It has only its root.
   *
   * @param membership says which processes are in which group; belongs to this hierarchy alone
   * @param notifier finds the descriptors of clients that ask for events
   */
  public CgroupTree make(
      ControllerKind.Surroundings around, Membership membership, Notifier notifier) {
    List<Controller> made = new ArrayList<>();
    for (ControllerKind each : controllers) {
      made.add(each.make(around));
    }
    return new CgroupTree(around.profile(), List.copyOf(made), membership, notifier);
  }

  /**
   * How {@code --controllers} names it: {@code memory}, {@code cpu+cpuacct} or {@code
   * name=systemd}. The controllers stand in the kernel's order, whatever their order here is.
   */
  public String item() {
    return label == null
        ? String.join(
            "+",
            Controllers.ALL.stream()
                .filter(controllers::contains)
                .map(ControllerKind::name)
                .toList())
        : HierarchyList.NAMED + label;
  }

  /** The items of several hierarchies, with commas between: what {@code --controllers} takes. */
  public static String items(List<HierarchySpec> specs) {
    return String.join(",", specs.stream().map(HierarchySpec::item).toList());
  }

  /** Whether both have the same controllers, in any order, or the same name. */
  public boolean isSameAs(HierarchySpec other) {
    return item().equals(other.item());
  }

  /** Whether some controller is in both. */
  public boolean sharesWith(HierarchySpec other) {
    return controllers.stream().anyMatch(other.controllers::contains);
  }

  /** Whether it has the controller of this name. */
  public boolean has(String controller) {
    return names().contains(controller);
  }

  /** The kernel's names of its controllers. */
  public List<String> controllerNames() {
    return names();
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (ControllerKind each : controllers) {
      names.add(each.name());
    }
    return List.copyOf(names);
  }
}
