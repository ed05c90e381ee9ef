package io.github.vcgroupfs.nio;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The views {@code posix} and {@code unix} of a file. Immutable.
 *
 * @param unix whether it has the attributes that only {@code unix} has
 */
record PosixView(ViewedFile file, boolean unix) implements PosixFileAttributeView, DynamicView {
  @Override
  public String name() {
    return unix ? "unix" : "posix";
  }

  @Override
  public PosixFileAttributes readAttributes() throws IOException {
    return file.attributes();
  }

  @Override
  public Map<String, Object> readAttributes(String requested) throws IOException {
    NamedAttributes<PosixAttributes> names = unix ? AttributeTables.UNIX : AttributeTables.POSIX;
    return names.read(requested, file::attributes);
  }

  @Override
  public void setTimes(
      @Nullable FileTime lastModifiedTime,
      @Nullable FileTime lastAccessTime,
      @Nullable FileTime createTime)
      throws IOException {
    file.setTimes(lastModifiedTime, lastAccessTime);
  }

  @Override
  @SuppressWarnings("unchecked") // the caller's promise, as in the JDK
  public void setAttribute(String attribute, @Nullable Object value) throws IOException {
    switch (attribute) {
      case "permissions" ->
          setPermissions((Set<PosixFilePermission>) Objects.requireNonNull(value));
      case "owner" -> file.setIds(ViewedFile.uid((UserPrincipal) value), -1);
      case "group" -> file.setIds(-1, ViewedFile.gid((GroupPrincipal) value));
      default -> {
        if (!(unix && setUnix(attribute, value)) && !BasicView.setBasic(file, attribute, value)) {
          throw DynamicView.unknown(this, attribute);
        }
      }
    }
  }

  private boolean setUnix(String attribute, @Nullable Object value) throws IOException {
    switch (attribute) {
      case "mode" -> file.setMode((Integer) Objects.requireNonNull(value));
      case "uid" -> file.setIds((Integer) Objects.requireNonNull(value), -1);
      case "gid" -> file.setIds(-1, (Integer) Objects.requireNonNull(value));
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
    file.setMode(FileModes.mode(permissions));
  }

  @Override
  public UserPrincipal getOwner() throws IOException {
    return file.attributes().owner();
  }

  @Override
  public void setOwner(UserPrincipal owner) throws IOException {
    file.setIds(ViewedFile.uid(owner), -1);
  }

  @Override
  public void setGroup(GroupPrincipal group) throws IOException {
    file.setIds(-1, ViewedFile.gid(group));
  }
}
