package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.XattrRule;
import java.util.List;

/** Knows which extended attributes a mount keeps. Immutable. */
final class Xattrs {
  private static final List<String> KERNEL_ONLY = List.of("trusted.", "security.");

  private final XattrRule rule;
  private final List<String> prefixes;

  Xattrs(KernelProfile profile) {
    this.rule =
        profile.has(KernelFeature.KEPT_XATTR)
            ? XattrRule.TRUSTED_SECURITY_USER
            : profile.files().xattr();
    this.prefixes =
        switch (rule) {
          case NONE -> List.of();
          case TRUSTED_SECURITY, TRUSTED_SECURITY_ELSE_INVALID -> KERNEL_ONLY;
          case TRUSTED_SECURITY_USER -> List.of("trusted.", "security.", "user.");
        };
  }

  /**
   * The name, if attributes of its kind can be set.
   *
   * @throws ErrnoException EOPNOTSUPP or EINVAL, by the kernel's rule, if they cannot; EINVAL for a
   *     prefix alone ({@code fs/xattr.c xattr_resolve_name})
   */
  String requireSettable(String name) throws ErrnoException {
    if (isKept(name)) {
      return name;
    }
    if (prefixes.contains(name)) {
      throw new ErrnoException(
          Errno.EINVAL, "%s is a prefix alone; put a name behind it".formatted(name));
    }
    throw switch (rule) {
      case NONE, TRUSTED_SECURITY, TRUSTED_SECURITY_USER -> notKept(Errno.EOPNOTSUPP, name);
      case TRUSTED_SECURITY_ELSE_INVALID -> notKept(Errno.EINVAL, name);
    };
  }

  /**
   * The name, if attributes of its kind can be asked for and removed. In some kernels that is any
   * name: those that cannot be set are never there.
   *
   * @throws ErrnoException EOPNOTSUPP if they cannot, EINVAL for a prefix alone
   */
  String requireKnown(String name) throws ErrnoException {
    return switch (rule) {
      case TRUSTED_SECURITY_ELSE_INVALID -> name;
      case NONE, TRUSTED_SECURITY, TRUSTED_SECURITY_USER -> requireSettable(name);
    };
  }

  private boolean isKept(String name) {
    return prefixes.stream()
        .anyMatch(prefix -> name.startsWith(prefix) && name.length() > prefix.length());
  }

  private ErrnoException notKept(Errno errno, String name) {
    return new ErrnoException(
        errno,
        prefixes.isEmpty()
            ? "this kernel's cgroupfs keeps no extended attributes"
            : "%s is not kept here; names begin with %s"
                .formatted(name, String.join(" or ", prefixes)));
  }
}
