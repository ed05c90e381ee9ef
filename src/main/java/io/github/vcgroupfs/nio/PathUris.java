package io.github.vcgroupfs.nio;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of file systems, {@code cgroup:/name}, and of paths in them, {@code
 * cgroup:/name!/sys/fs/cgroup/memory}. A directory's ends with a slash, as in the JDK. Has no
 * state.
 */
final class PathUris {
  static final String SCHEME = "cgroup";

  private static final String PLAIN = "-_.!~*'():@&=+$,;/";

  private PathUris() {}

  /**
   * The address of a path.
   *
   * @param name that of the file system
   * @param bytes the absolute path
   * @param directory whether a directory is there
   */
  static URI of(String name, String bytes, boolean directory) {
    StringBuilder address = new StringBuilder(SCHEME).append(":/").append(name).append('!');
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      if (isPlain(c)) {
        address.append(c);
      } else {
        address.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      }
    }
    if (directory && !bytes.endsWith("/")) {
      address.append('/');
    }
    return URI.create(address.toString());
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || PLAIN.indexOf(c) >= 0;
  }

  /**
   * The name of the file system that an address is about.
   *
   * @throws IllegalArgumentException for an address that is not like those above
   */
  static String name(URI address) {
    String path = requirePath(address);
    int end = path.indexOf('!');
    String name = path.substring(1, end < 0 ? path.length() : end);
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "%s names no file system: a name has letters, digits, dots, dashes and underscores, as in cgroup:/name"
              .formatted(address));
    }
    return name;
  }

  static boolean isName(String name) {
    return name.matches("[A-Za-z0-9._-]+");
  }

  /** The bytes of the path in the file system; null if the address is that of the file system. */
  static @Nullable String path(URI address) {
    String path = requirePath(address);
    int end = path.indexOf('!');
    if (end < 0) {
      return null;
    }
    String decoded = decode(path.substring(end + 1));
    if (!decoded.startsWith("/")) {
      throw new IllegalArgumentException(
          "%s has no slash behind the exclamation mark: paths are like cgroup:/name!/sys/fs/cgroup"
              .formatted(address));
    }
    return decoded;
  }

  private static String requirePath(URI address) {
    if (!SCHEME.equalsIgnoreCase(address.getScheme())) {
      throw new IllegalArgumentException(
          "%s does not begin with cgroup: and a slash, as in cgroup:/name".formatted(address));
    }
    String path = address.getRawPath();
    if (path == null
        || !path.startsWith("/")
        || address.getRawAuthority() != null
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "%s is not like cgroup:/name or cgroup:/name!/path, without // and anything behind"
              .formatted(address));
    }
    return path;
  }

  private static String decode(String raw) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        c = (char) Integer.parseInt(raw.substring(i + 1, i + 3), 16);
        i += 2;
      }
      if (c == 0) {
        throw new IllegalArgumentException("Nul character not allowed");
      }
      if (c > 0xff) {
        throw new IllegalArgumentException("Bad escape");
      }
      bytes.append(c);
    }
    return bytes.toString().replaceAll("/+", "/").replaceFirst("(?<=.)/$", "");
  }
}
