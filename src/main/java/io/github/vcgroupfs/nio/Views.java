package io.github.vcgroupfs.nio;

import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Chooses the view of a file, by type or by name. Has no state. */
final class Views {
  private Views() {}

  /**
   * The name of an attribute, with that of its view.
   *
   * @param view {@code basic} if none is named
   */
  record Name(String view, String attribute) {
    static Name of(String name) {
      int colon = name.indexOf(':');
      if (colon == 0) {
        throw new IllegalArgumentException(name);
      }
      return colon < 0
          ? new Name("basic", name)
          : new Name(name.substring(0, colon), name.substring(colon + 1));
    }
  }

  /** The view of a type; null if there is none. */
  static @Nullable FileAttributeView ofType(ViewedFile file, Class<?> type) {
    if (type == BasicFileAttributeView.class) {
      return new BasicView(file);
    }
    if (type == PosixFileAttributeView.class) {
      return new PosixView(file, false);
    }
    if (type == FileOwnerAttributeView.class) {
      return new OwnerView(file);
    }
    if (type == DosFileAttributeView.class) {
      return new DosView(file);
    }
    return type == UserDefinedFileAttributeView.class ? new UserView(file) : null;
  }

  /** The type of the view that has attributes of a type. */
  static Class<? extends BasicFileAttributeView> ofAttributes(
      Class<? extends BasicFileAttributes> type) {
    if (Objects.requireNonNull(type) == BasicFileAttributes.class) {
      return BasicFileAttributeView.class;
    }
    if (type == PosixFileAttributes.class) {
      return PosixFileAttributeView.class;
    }
    if (type == DosFileAttributes.class) {
      return DosFileAttributeView.class;
    }
    throw new UnsupportedOperationException();
  }

  /**
   * The view of a name.
   *
   * @throws UnsupportedOperationException if there is none
   */
  static DynamicView named(ViewedFile file, String name) {
    return switch (name) {
      case "basic" -> new BasicView(file);
      case "posix" -> new PosixView(file, false);
      case "unix" -> new PosixView(file, true);
      case "owner" -> new OwnerView(file);
      case "dos" -> new DosView(file);
      case "user" -> new UserView(file);
      default -> throw new UnsupportedOperationException("View '" + name + "' not available");
    };
  }
}
