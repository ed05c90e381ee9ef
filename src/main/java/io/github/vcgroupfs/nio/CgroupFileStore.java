package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.vfs.At;
import io.github.vcgroupfs.vfs.OpenFile;
import io.github.vcgroupfs.vfs.OpenHow;
import io.github.vcgroupfs.vfs.Vfs;
import java.nio.file.FileStore;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The mount, or the directories above it. Neither has blocks, so all spaces are 0. Immutable. */
final class CgroupFileStore extends FileStore {
  private static final int BLOCK_BYTES = 4096;

  private final Vfs vfs;
  private final boolean above;

  /**
   * A store.
   *
   * @param above whether it is that of the directories above the mount
   */
  CgroupFileStore(Vfs vfs, boolean above) {
    this.vfs = vfs;
    this.above = above;
  }

  /** Where it is mounted. */
  private String place() {
    return above ? "/" : vfs.mountPoint();
  }

  @Override
  public String name() {
    return type();
  }

  @Override
  public String type() {
    return above ? "tmpfs" : "cgroup";
  }

  @Override
  public boolean isReadOnly() {
    return above;
  }

  @Override
  public long getTotalSpace() {
    return 0;
  }

  @Override
  public long getUsableSpace() {
    return 0;
  }

  @Override
  public long getUnallocatedSpace() {
    return 0;
  }

  @Override
  public long getBlockSize() {
    return BLOCK_BYTES;
  }

  @Override
  public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
    boolean kept = type == DosFileAttributeView.class || type == UserDefinedFileAttributeView.class;
    return kept
        ? keepsAttributes()
        : Objects.requireNonNull(type) == BasicFileAttributeView.class
            || type == PosixFileAttributeView.class
            || type == FileOwnerAttributeView.class;
  }

  @Override
  public boolean supportsFileAttributeView(String name) {
    return switch (name) {
      case "basic", "posix", "owner", "unix" -> true;
      case "dos", "user" -> keepsAttributes();
      default -> false;
    };
  }

  /** Asks for an attribute that is not there: the JDK finds out in this way, too. */
  private boolean keepsAttributes() {
    OpenFile root = Outcome.of(() -> vfs.open(At.path(place()), OpenHow.READ_NO_FOLLOW)).orNull();
    if (root == null) {
      return false;
    }
    try {
      Outcome<byte[]> outcome = Outcome.of(() -> root.getxattr("user.java"));
      return outcome.isOk() || outcome.is(Errno.ENODATA);
    } finally {
      root.close();
    }
  }

  @Override
  public <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
    return Objects.requireNonNull(type).cast(null);
  }

  @Override
  public Object getAttribute(String attribute) {
    return switch (attribute) {
      case "totalSpace", "usableSpace", "unallocatedSpace" -> 0L;
      default -> throw new UnsupportedOperationException("'" + attribute + "' not recognized");
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CgroupFileStore that && that.vfs == vfs && that.above == above;
  }

  @Override
  public int hashCode() {
    return Objects.hash(vfs.dev(), above);
  }

  @Override
  public String toString() {
    return place() + " (" + name() + ")";
  }
}
