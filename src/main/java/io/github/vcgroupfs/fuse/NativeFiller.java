package io.github.vcgroupfs.fuse;

import io.github.vcgroupfs.cgroupfs.DirectoryEntry;
import io.github.vcgroupfs.os.NativeFunction;
import io.github.vcgroupfs.os.NativeMemory;

/**
 * Gives libfuse the entries of a directory: {@code fuse_fill_dir_t}. For one {@code readdir}.
 *
 * @param buffer libfuse's own
 * @param function takes the buffer, a name, a {@code struct stat} and the offset behind the entry
 */
record NativeFiller(long buffer, NativeFunction function) implements Listings.Filler {
  @Override
  public boolean take(DirectoryEntry entry, long next) {
    try (NativeMemory stat = NativeMemory.allocate(Layout.STAT_BYTES);
        NativeMemory name = NativeMemory.text(entry.name())) {
      stat.putLong(Layout.STAT_INO, entry.ino());
      stat.putInt(Layout.STAT_MODE, Stats.mode(entry.type())); // becomes d_type
      return (int) function.call(buffer, name.address(), stat.address(), next) == 0;
    }
  }
}
