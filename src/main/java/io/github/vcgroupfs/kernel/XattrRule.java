package io.github.vcgroupfs.kernel;

/** Which extended attributes a directory or file of cgroups can have. */
public enum XattrRule {
  /** None: EOPNOTSUPP. Until 3.6. */
  NONE,
  /**
   * {@code trusted.} and {@code security.}; to set any other is EINVAL, and to get or remove one is
   * ENODATA. 4.4: {@code fs/kernfs/inode.c kernfs_iop_setxattr}.
   */
  TRUSTED_SECURITY_ELSE_INVALID,
  /**
   * {@code trusted.} and {@code security.}; any other is EOPNOTSUPP. 4.9 to 5.6: {@code
   * fs/kernfs/inode.c kernfs_xattr_handlers}.
   */
  TRUSTED_SECURITY,
  /** {@code trusted.}, {@code security.} and {@code user.}. From 5.7. */
  TRUSTED_SECURITY_USER
}
