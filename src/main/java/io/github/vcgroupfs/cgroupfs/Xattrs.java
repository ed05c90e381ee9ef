package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.XattrRule;
import java.util.List;

/** Which extended attributes a mount keeps. Immutable. */
final class Xattrs {
  private final List<String> prefixes;

  Xattrs(KernelProfile profile) {
    XattrRule rule =
        profile.has(KernelFeature.KEPT_XATTR)
            ? XattrRule.TRUSTED_SECURITY_USER
            : profile.files().xattr();
    this.prefixes =
        switch (rule) {
          case NONE -> List.of();
          case TRUSTED_SECURITY -> List.of("trusted.", "security.");
          case TRUSTED_SECURITY_USER -> List.of("trusted.", "security.", "user.");
        };
  }

  /** The name, if attributes of its kind are kept. */
  String requireKept(String name) throws ErrnoException {
    for (String prefix : prefixes) {
      if (name.startsWith(prefix) && name.length() > prefix.length()) {
        return name;
      }
    }
    throw new ErrnoException(
        Errno.EOPNOTSUPP,
        prefixes.isEmpty()
            ? "this kernel's cgroupfs keeps no extended attributes"
            : "%s is not kept here; names begin with %s"
                .formatted(name, String.join(" or ", prefixes)));
  }
}
