package io.github.vcgroupfs.cgroupfs.file;

/** Which directories have a control file. */
public enum Visibility {
  /** The directories of all groups. */
  EVERYWHERE,
  /** The root only. */
  ROOT_ONLY,
  /** All groups but the root: {@code CFTYPE_NOT_ON_ROOT}. */
  NOT_ON_ROOT;

  /** For a file that is in the root, in the other groups, or in both. */
  public static Visibility of(boolean root, boolean others) {
    return root ? others ? EVERYWHERE : ROOT_ONLY : NOT_ON_ROOT;
  }

  /** Whether it stands in the root, or in the other groups. */
  boolean covers(boolean root) {
    return switch (this) {
      case EVERYWHERE -> true;
      case ROOT_ONLY -> root;
      case NOT_ON_ROOT -> !root;
    };
  }
}
