package io.github.vcgroupfs.nio;

import java.nio.file.CopyOption;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * What a copy or a move is told to do. Immutable.
 *
 * @param replace whether a target that is there is removed
 * @param atomic whether it is a rename and nothing else
 * @param follow whether a link is followed
 * @param attributes whether owner, mode, times and extended attributes are copied, too
 */
record CopyOptions(boolean replace, boolean atomic, boolean follow, boolean attributes) {
  /** Options of a copy. */
  static CopyOptions ofCopy(CopyOption... options) {
    boolean replace = false;
    boolean follow = true;
    boolean attributes = false;
    for (CopyOption option : options) {
      if (option == StandardCopyOption.REPLACE_EXISTING) {
        replace = true;
      } else if (option == LinkOption.NOFOLLOW_LINKS) {
        follow = false;
      } else if (option == StandardCopyOption.COPY_ATTRIBUTES) {
        attributes = true;
      } else if (!isInterruptible(Objects.requireNonNull(option))) {
        throw unsupported("Unsupported copy option: ", option);
      }
    }
    return new CopyOptions(replace, false, follow, attributes);
  }

  /** Options of a move, which copies attributes if it cannot rename. */
  static CopyOptions ofMove(CopyOption... options) {
    boolean replace = false;
    boolean atomic = false;
    for (CopyOption option : options) {
      if (option == StandardCopyOption.ATOMIC_MOVE) {
        atomic = true;
      } else if (option == StandardCopyOption.REPLACE_EXISTING) {
        replace = true;
      } else if (Objects.requireNonNull(option) != LinkOption.NOFOLLOW_LINKS) {
        throw unsupported("Unsupported option: ", option);
      }
    }
    return new CopyOptions(replace, atomic, false, true);
  }

  private static UnsupportedOperationException unsupported(String what, CopyOption option) {
    return new UnsupportedOperationException(
        Jdk.NAMES_COPY_OPTION ? what + option : "Unsupported copy option");
  }

  private static boolean isInterruptible(CopyOption option) {
    return option instanceof Enum<?> constant
        && constant.getDeclaringClass().getName().equals("com.sun.nio.file.ExtendedCopyOption")
        && constant.name().equals("INTERRUPTIBLE");
  }
}
