package io.github.vcgroupfs.cgroupfs.file;

/** In which directories a control file stands. */
public enum Visibility {
  /** In every group. */
  EVERYWHERE,
  /** In the root alone. */
  ROOT_ONLY,
  /** In every group but the root: {@code CFTYPE_NOT_ON_ROOT}. */
  NOT_ON_ROOT;

  /** In one, the other or both. */
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
