package io.github.vcgroupfs.cgroupfs.file;

/**
 * Whose files they are, which the beginning of their names shows. Immutable.
 *
 * @param name as people call it
 * @param prefix what every name of theirs begins with; empty for cgroup core
 */
public record FileOwner(String name, String prefix) {
  /**
   * The files that every cgroup v1 hierarchy has: {@code tasks}, {@code cgroup.procs} and so on.
   */
  public static final FileOwner CORE = new FileOwner("core", "");

  /** Files that no kernel has, through which people talk to this program: {@code sim.*}. */
  public static final FileOwner OURS = new FileOwner("ours", "sim.");

  /** The files of a controller: {@code cgroup_subsys.name} and a dot stand before each name. */
  public static FileOwner controller(String name) {
    return new FileOwner(name, name + ".");
  }

  /** The name of one of its files in a directory. */
  public String fullName(String name) {
    return prefix + name;
  }

  /** Whether a name in a directory has the prefix. */
  public boolean owns(String fullName) {
    return fullName.startsWith(prefix);
  }
}
