package io.github.vcgroupfs.nio;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Function;

/** The names of the attributes of each view, as the JDK has them. */
final class AttributeTables {
  static final NamedAttributes<PosixAttributes> BASIC = basic(each -> each);

  static final NamedAttributes<PosixAttributes> POSIX =
      BASIC
          .with("permissions", PosixAttributes::permissions)
          .with("owner", PosixAttributes::owner)
          .with("group", PosixAttributes::group);

  static final NamedAttributes<PosixAttributes> UNIX =
      POSIX
          .with("mode", each -> each.stat().mode())
          .with("ino", each -> each.stat().inode().ino())
          .with("dev", each -> each.stat().dev())
          .with("rdev", each -> 0L)
          .with("nlink", each -> each.stat().inode().nlink())
          .with("uid", each -> each.stat().inode().uid())
          .with("gid", each -> each.stat().inode().gid())
          .with("ctime", each -> BasicAttributes.time(each.stat().inode().times().ctimeNs()));

  private AttributeTables() {}

  /**
   * The attributes that every view has.
   *
   * @param file where they are found in what the view reads
   */
  static <A> NamedAttributes<A> basic(Function<A, BasicFileAttributes> file) {
    return NamedAttributes.<A>none()
        .with("size", each -> file.apply(each).size())
        .with("creationTime", each -> file.apply(each).creationTime())
        .with("lastAccessTime", each -> file.apply(each).lastAccessTime())
        .with("lastModifiedTime", each -> file.apply(each).lastModifiedTime())
        .with("fileKey", each -> file.apply(each).fileKey())
        .with("isDirectory", each -> file.apply(each).isDirectory())
        .with("isRegularFile", each -> file.apply(each).isRegularFile())
        .with("isSymbolicLink", each -> file.apply(each).isSymbolicLink())
        .with("isOther", each -> file.apply(each).isOther());
  }
}
