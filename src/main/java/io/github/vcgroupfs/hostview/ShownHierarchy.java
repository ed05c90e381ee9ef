package io.github.vcgroupfs.hostview;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of our hierarchies as the texts of {@code /proc} show it. Immutable.
 *
 * @param id its number, as in {@code /proc/cgroups}; 1 or more
 * @param controllers the kernel's names of its controllers
 * @param label the name of a named hierarchy, such as {@code systemd}; else null
 * @param root where its root is in our file system: empty, or a slash and a name
 */
public record ShownHierarchy(
    int id, List<String> controllers, @Nullable String label, String root) {
  private static final String NAMED = "name=";

  /** Copies the list. */
  public ShownHierarchy {
    controllers = List.copyOf(controllers);
  }

  /** By its number: that of a record is put together at run time, which costs a start 7 ms. */
  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ShownHierarchy that
        && id == that.id
        && root.equals(that.root)
        && Objects.equals(label, that.label)
        && controllers.equals(that.controllers);
  }

  /** What the kernel calls it: {@code cpu,cpuacct} or {@code name=systemd}. */
  public String name() {
    return String.join(",", words());
  }

  /** Each of its controllers, and its name with {@code name=} before it. */
  private List<String> words() {
    return label == null
        ? controllers
        : Stream.concat(controllers.stream(), Stream.of(NAMED + label)).toList();
  }

  /**
   * Whether it is the hierarchy that options of mount(2) name, in any order: {@code
   * rw,cpu,cpuacct}, {@code none,name=systemd}.
   */
  public boolean isNamedBy(List<String> options) {
    List<String> all = words();
    return options.containsAll(all);
  }

  /**
   * Whether a hierarchy of the kernel with these controllers cannot be seen beside it.
   *
   * @param names controllers, or {@code name=X}
   */
  public boolean replaces(List<String> names) {
    return words().stream().anyMatch(names::contains);
  }

  /** A path in our file system as one in this hierarchy; null if it is elsewhere. */
  public @Nullable String inside(String path) {
    if (path.equals(root)) {
      return "/";
    }
    return path.startsWith(root + "/") ? path.substring(root.length()) : null;
  }
}
