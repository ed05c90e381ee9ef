package io.github.vcgroupfs.nio;

import java.io.IOException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Users and groups by number. The names are the few that every Debian has, and not those of this
 * machine, so that a test is the same on all machines. Any other number is its own name.
 */
final class Principals extends UserPrincipalLookupService {
  private static final Map<String, Integer> USERS =
      Map.of("root", 0, "daemon", 1, "bin", 2, "sys", 3, "nobody", 65534);
  private static final Map<String, Integer> GROUPS =
      Map.of("root", 0, "daemon", 1, "bin", 2, "sys", 3, "nogroup", 65534);

  /**
   * A user. Immutable. Two of the same number are the same user, whatever they were asked for as.
   */
  static final class User implements UserPrincipal {
    private final int uid;
    private final String name;

    User(int uid) {
      this(uid, nameOf(USERS, uid));
    }

    User(int uid, String name) {
      this.uid = uid;
      this.name = name;
    }

    int uid() {
      return uid;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public String toString() {
      return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof User that && that.uid == uid;
    }

    @Override
    public int hashCode() {
      return uid;
    }
  }

  /** A group of users. Immutable. */
  static final class Group implements GroupPrincipal {
    private final int gid;
    private final String name;

    Group(int gid) {
      this(gid, nameOf(GROUPS, gid));
    }

    Group(int gid, String name) {
      this.gid = gid;
      this.name = name;
    }

    int gid() {
      return gid;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public String toString() {
      return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Group that && that.gid == gid;
    }

    @Override
    public int hashCode() {
      return gid;
    }
  }

  private static String nameOf(Map<String, Integer> names, int id) {
    return names.entrySet().stream()
        .filter(each -> each.getValue() == id)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(Integer.toString(id));
  }

  private static int number(Map<String, Integer> names, String name)
      throws UserPrincipalNotFoundException {
    Integer known = names.get(name);
    if (known != null) {
      return known;
    }
    try {
      return Integer.parseInt(name);
    } catch (NumberFormatException e) {
      UserPrincipalNotFoundException unknown = new UserPrincipalNotFoundException(name);
      unknown.initCause(e);
      throw unknown;
    }
  }

  @Override
  public UserPrincipal lookupPrincipalByName(String name) throws IOException {
    return new User(number(USERS, name), name);
  }

  @Override
  public GroupPrincipal lookupPrincipalByGroupName(String group) throws IOException {
    return new Group(number(GROUPS, group), group);
  }
}
