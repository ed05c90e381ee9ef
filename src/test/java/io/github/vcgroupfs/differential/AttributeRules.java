package io.github.vcgroupfs.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.attribute.AttributeView;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes text of attributes: a time of today is {@code now}, the number of an inode is {@code #}.
 */
final class AttributeRules {
  private static final Set<String> NUMBERS = Set.of("ino", "dev", "rdev", "fileKey");

  private AttributeRules() {}

  /** Such a result as text; null if it is something else. */
  static String shown(Object result) {
    if (result instanceof FileTime time) {
      return time(time);
    }
    if (result instanceof UserPrincipal user) {
      return (user instanceof GroupPrincipal ? "group " : "user ") + user.getName();
    }
    if (result instanceof Map<?, ?> map) {
      Map<String, String> all = new TreeMap<>();
      map.forEach((name, value) -> all.put(name.toString(), one(name.toString(), value)));
      return all.toString();
    }
    if (result instanceof BasicFileAttributes attributes) {
      return attributes(attributes);
    }
    return result instanceof AttributeView view ? view(view) : null;
  }

  /** One attribute; its name may have quotes, or the name of a view before it. */
  static String one(String name, Object value) {
    if (value == null) {
      return "null";
    }
    if (NUMBERS.contains(name.replace("'", "").replaceFirst(".*:", ""))) {
      return "#";
    }
    if (value instanceof byte[] bytes) { // of an extended attribute
      return Rules.quoted(new String(bytes, ISO_8859_1));
    }
    String text = shown(value);
    if (value instanceof Set<?> set) {
      return set.stream().map(Object::toString).sorted().toList().toString();
    }
    return text == null ? value.toString() + " " + value.getClass().getSimpleName() : text;
  }

  private static String attributes(BasicFileAttributes attributes) {
    String basic =
        "%s %s %s %s %d %s %s %s"
            .formatted(
                attributes.isDirectory(),
                attributes.isRegularFile(),
                attributes.isSymbolicLink(),
                attributes.isOther(),
                attributes.size(),
                time(attributes.lastModifiedTime()),
                time(attributes.lastAccessTime()),
                time(attributes.creationTime()));
    if (attributes instanceof PosixFileAttributes posix) {
      return "%s %s %s %s"
          .formatted(
              basic,
              posix.owner().getName(),
              posix.group().getName(),
              PosixFilePermissions.toString(posix.permissions()));
    }
    return basic + (attributes.fileKey() == null ? " no key" : " key");
  }

  private static String view(AttributeView view) {
    try {
      if (view instanceof PosixFileAttributeView posix) {
        return view.name() + " " + attributes(posix.readAttributes());
      }
      if (view instanceof BasicFileAttributeView basic) {
        return view.name() + " " + attributes(basic.readAttributes());
      }
      if (view instanceof FileOwnerAttributeView owner) {
        return view.name() + " " + owner.getOwner().getName();
      }
      if (view instanceof UserDefinedFileAttributeView user) {
        return view.name() + " " + user.list();
      }
      return view.name();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String time(FileTime time) {
    Duration ago = Duration.between(time.toInstant(), Instant.now()).abs();
    return ago.compareTo(Duration.ofDays(1)) < 0 ? "now" : time.toString();
  }
}
