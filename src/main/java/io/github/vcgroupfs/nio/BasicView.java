package io.github.vcgroupfs.nio;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The view {@code basic} of a file. Immutable. */
record BasicView(ViewedFile file) implements BasicFileAttributeView, DynamicView {
  @Override
  public String name() {
    return "basic";
  }

  @Override
  public BasicFileAttributes readAttributes() throws IOException {
    return file.attributes().basic();
  }

  @Override
  public Map<String, Object> readAttributes(String requested) throws IOException {
    return AttributeTables.BASIC.read(requested, file::attributes);
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
  public void setAttribute(String attribute, @Nullable Object value) throws IOException {
    if (!setBasic(file, attribute, value)) {
      throw DynamicView.unknown(this, attribute);
    }
  }

  /** Sets an attribute that every view has; says whether it is one. */
  static boolean setBasic(ViewedFile file, String attribute, @Nullable Object value)
      throws IOException {
    switch (attribute) {
      case "lastModifiedTime" -> file.setTimes(requireTime(value), null);
      case "lastAccessTime" -> file.setTimes(null, requireTime(value));
      case "creationTime" -> requireTime(value); // nobody keeps it
      default -> {
        return false;
      }
    }
    return true;
  }

  private static @Nullable FileTime requireTime(@Nullable Object value) {
    return (FileTime) value;
  }
}
