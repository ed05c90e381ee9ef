package io.github.vcgroupfs.fuse;

import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.os.MountEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * What libfuse and the kernel are told about a mount. Immutable.
 *
 * @param sizeMode what st_size is; if sizes are exact, the kernel must not cache attributes,
 *     because the text of a file can change at any time
 * @param allowOther whether other users may use the mount; the kernel checks their permissions
 * @param threads how many threads are kept for calls, 1 or more; see {@link #threadsByDefault}
 */
public record MountOptions(SizeMode sizeMode, boolean allowOther, int threads) {
  /** The fewest threads by default: some calls wait, and then the others want to go on. */
  private static final int FEWEST_BY_DEFAULT = 4;

  /** Only the kernel's side changes names and modes, so it may keep what it knows. */
  private static final int LONG_SECONDS = 86_400;

  /** One thread a processor, and at least four. */
  public static int threadsByDefault() {
    return Math.max(FEWEST_BY_DEFAULT, Runtime.getRuntime().availableProcessors());
  }

  /** The arguments of {@code fuse_main}. */
  List<String> arguments(MountPoint place) {
    List<String> options = new ArrayList<>();
    options.add("fsname=" + MountEntry.SOURCE);
    options.add("subtype=" + MountEntry.SUBTYPE);
    options.add("default_permissions"); // the kernel checks modes and owners
    options.add("use_ino"); // event_control finds files by their inode number
    options.add("direct_io"); // text has no size, and is never stale
    options.add("big_writes"); // one write(2) is one request, up to 127 KiB
    options.add("atomic_o_trunc"); // one request less for each shell redirection
    options.add("hard_remove"); // else rm of an open file becomes a rename
    options.add("entry_timeout=" + LONG_SECONDS);
    options.add("negative_timeout=" + LONG_SECONDS);
    options.add(
        "attr_timeout="
            + switch (sizeMode) {
              case EXACT -> 0;
              case ZERO -> LONG_SECONDS;
            });
    if (allowOther) {
      options.add("allow_other");
    }
    // -f: stay in this process
    return List.of(MountEntry.SOURCE, "-f", "-o", String.join(",", options), place.bytes());
  }
}
