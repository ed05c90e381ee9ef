package io.github.vcgroupfs.nio;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** The view {@code basic} of a name in an open directory. Immutable. */
record EntryBasicView(EntryView entry) implements BasicFileAttributeView {
  @Override
  public String name() {
    return "basic";
  }

  @Override
  public BasicFileAttributes readAttributes() throws IOException {
    return entry.readAttributes().basic();
  }

  @Override
  public void setTimes(
      @Nullable FileTime lastModifiedTime,
      @Nullable FileTime lastAccessTime,
      @Nullable FileTime createTime)
      throws IOException {
    entry.setTimes(lastModifiedTime, lastAccessTime, createTime);
  }
}
