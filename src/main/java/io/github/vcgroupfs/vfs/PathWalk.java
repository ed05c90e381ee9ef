package io.github.vcgroupfs.vfs;

import io.github.vcgroupfs.cgroupfs.FileCalls;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a path leads to for one caller, who must be allowed to search each directory on the
 * way: {@code fs/namei.c link_path_walk}. Lives as long as one call, in one thread.
 */
final class PathWalk {
  private static final int PATH_MAX = 4096;
  private static final int MAXSYMLINKS = 40;

  private final FileCalls calls;
  private final MountNamespace tree;
  private final Caller who;
  private int links;

  PathWalk(FileCalls calls, MountNamespace tree, Caller who) {
    this.calls = calls;
    this.tree = tree;
    this.who = who;
  }

  /** What the last name of a path is. */
  enum LastType {
    /** A name. */
    NORM,
    /** {@code .} */
    DOT,
    /** {@code ..} */
    DOTDOT,
    /** None: the path is the top. */
    ROOT
  }

  /**
   * A path up to its last name.
   *
   * @param directory what leads there
   * @param name the last name
   * @param type what kind of name it is
   */
  record Parent(Dentry directory, String name, LastType type) {}

  /** What a path leads to: ENOENT if to nothing. */
  Dentry find(At at, boolean follow) throws ErrnoException {
    return walk(start(at), at.path(), follow);
  }

  /** {@code filename_parentat}: all of a path but its last name, which need not be there. */
  Parent parent(At at) throws ErrnoException {
    String path = at.path();
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    int slash = path.lastIndexOf('/', end - 1);
    String name = path.substring(slash + 1, end);
    Dentry directory = searchable(walk(start(at), path.substring(0, slash + 1), true));
    LastType type =
        switch (name) {
          case "" -> LastType.ROOT;
          case "." -> LastType.DOT;
          case ".." -> LastType.DOTDOT;
          default -> LastType.NORM;
        };
    return new Parent(directory, name, type);
  }

  /** What the last name leads to, not followed; null if it is free. */
  @Nullable Dentry lookup(Parent parent) throws ErrnoException {
    return tree.child(who, parent.directory(), parent.name());
  }

  /** What a link leads to in the end; anything else as it is. */
  Dentry follow(Dentry directory, Dentry found) throws ErrnoException {
    if (!found.isLink()) {
      return found;
    }
    links++;
    String inner = found.inner();
    if (links > MAXSYMLINKS || inner == null) {
      throw new ErrnoException(
          Errno.ELOOP, found.path() + " leads through too many links: name what they lead to");
    }
    String target = calls.readlink(inner);
    return walk(target.startsWith("/") ? tree.top(who) : directory, target, true);
  }

  private Dentry start(At at) throws ErrnoException {
    String path = at.path();
    if (path.isEmpty()) {
      throw new ErrnoException(Errno.ENOENT, "an empty path leads nowhere: give it a name");
    }
    if (path.length() >= PATH_MAX) {
      throw new ErrnoException(
          Errno.ENAMETOOLONG,
          "a path has %d bytes at most, not %d: use a shorter one"
              .formatted(PATH_MAX - 1, path.length()));
    }
    OpenFile directory = at.directory();
    return directory == null || path.startsWith("/") ? tree.top(who) : directory.now(who);
  }

  private Dentry walk(Dentry from, String path, boolean follow) throws ErrnoException {
    Dentry at = from;
    List<String> names = MountNamespace.names(path).toList();
    for (int i = 0; i < names.size(); i++) {
      searchable(at);
      String name = names.get(i);
      if (name.equals("..")) {
        at = tree.parent(who, at);
      } else if (!name.equals(".")) {
        Dentry child = tree.child(who, at, name);
        if (child == null) {
          throw MountNamespace.nothing(at, name);
        }
        at = i + 1 < names.size() || follow ? follow(at, child) : child;
      }
    }
    return at;
  }

  private Dentry searchable(Dentry directory) throws ErrnoException {
    if (!directory.isDirectory()) {
      throw new ErrnoException(
          Errno.ENOTDIR, directory.path() + " is a file and has nothing in it: name a group");
    }
    Permissions.mayLookup(who, directory);
    return directory;
  }
}
