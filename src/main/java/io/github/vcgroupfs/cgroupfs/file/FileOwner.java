package io.github.vcgroupfs.cgroupfs.file;

/**
 * Whom a file belongs to: cgroup core, a controller, or this program. The beginning of its name
 * shows it. Immutable.
 *
 * @param name what people call the owner
 * @param prefix what all names of its files begin with; empty for cgroup core
 */
public record FileOwner(String name, String prefix) {
  /**
   * The files that every cgroup v1 hierarchy has: {@code tasks}, {@code cgroup.procs} and so on.
   */
  public static final FileOwner CORE = new FileOwner("core", "");

  /**
   * The files of this program, which no kernel has: {@code sim.*}. People use them to talk to it.
   */
  public static final FileOwner OURS = new FileOwner("ours", "sim.");

  /** A controller. Its name and a dot stand before each file name: {@code cgroup_subsys.name}. */
  public static FileOwner controller(String name) {
    return new FileOwner(name, name + ".");
  }

  /** The name of one of its files in a directory. */
  public String fullName(String name) {
    return prefix + name;
  }

  /** Whether a name in a directory begins with the prefix. */
  public boolean owns(String fullName) {
    return fullName.startsWith(prefix);
  }
}
