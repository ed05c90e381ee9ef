package io.github.vcgroupfs.nio;

import java.io.IOException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;

/**
 * Users and groups by number. There is no list of names here, so that a test is the same on all
 * machines: 0 is root, and any other number is its own name.
 */
final class Principals extends UserPrincipalLookupService {
  private static final String ROOT = "root";

  /** A user. Immutable. */
  record User(int uid) implements UserPrincipal {
    @Override
    public String getName() {
      return nameOf(uid);
    }

    @Override
    public String toString() {
      return getName();
    }
  }

  /** A group of users. Immutable. */
  record Group(int gid) implements GroupPrincipal {
    @Override
    public String getName() {
      return nameOf(gid);
    }

    @Override
    public String toString() {
      return getName();
    }
  }

  private static String nameOf(int id) {
    return id == 0 ? ROOT : Integer.toUnsignedString(id);
  }

  private static int number(String name) throws UserPrincipalNotFoundException {
    if (name.equals(ROOT)) {
      return 0;
    }
    if (!name.matches("[+-]?[0-9]{1,10}")) {
      throw new UserPrincipalNotFoundException(name);
    }
    long number = Long.parseLong(name);
    if (number != (int) number) {
      throw new UserPrincipalNotFoundException(name);
    }
    return (int) number;
  }

  @Override
  public UserPrincipal lookupPrincipalByName(String name) throws IOException {
    return new User(number(name));
  }

  @Override
  public GroupPrincipal lookupPrincipalByGroupName(String group) throws IOException {
    return new Group(number(group));
  }
}
