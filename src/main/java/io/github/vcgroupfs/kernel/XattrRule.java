package io.github.vcgroupfs.kernel;

/** Which extended attributes a cgroup directory or file keeps. */
public enum XattrRule {
  /** None: EOPNOTSUPP. Until 3.6. */
  NONE,
  /** {@code trusted.} and {@code security.}. 3.7 to 5.6. */
  TRUSTED_SECURITY,
  /** These and {@code user.}. From 5.7. */
  TRUSTED_SECURITY_USER
}
