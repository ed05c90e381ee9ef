package io.github.vcgroupfs.differential;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Calls in an open directory, each one in a script. All are public: reflection finds them. */
final class MoreDirectories {
  private MoreDirectories() {}

  @SuppressWarnings("StreamResourceLeak") // whoever calls it closes it
  private static SecureDirectoryStream<Path> opened(Path directory) throws IOException {
    return (SecureDirectoryStream<Path>) Files.newDirectoryStream(directory);
  }

  private static Path named(Path directory, String name) {
    return directory.getFileSystem().getPath(name);
  }

  /** Removes a group, after the directory was removed perhaps. */
  public static void deleteDirectory(Path directory, String name, boolean removed)
      throws IOException {
    try (SecureDirectoryStream<Path> stream = opened(directory)) {
      if (removed) {
        Files.delete(directory);
      }
      stream.deleteDirectory(named(directory, name));
    }
  }

  /** Removes a file, which no group lets happen. */
  public static void deleteFile(Path directory, String name) throws IOException {
    try (SecureDirectoryStream<Path> stream = opened(directory)) {
      stream.deleteFile(named(directory, name));
    }
  }

  /** Renames. */
  public static void move(Path from, String name, Path to, String newName) throws IOException {
    try (SecureDirectoryStream<Path> source = opened(from);
        SecureDirectoryStream<Path> target = opened(to)) {
      source.move(named(from, name), target, named(to, newName));
    }
  }

  /** Reads a file, after the directory was removed perhaps. */
  public static boolean readIn(Path directory, String name, boolean removed, OpenOption... options)
      throws IOException {
    try (SecureDirectoryStream<Path> stream = opened(directory)) {
      if (removed) {
        Files.delete(directory);
      }
      Set<OpenOption> all = Set.copyOf(Arrays.asList(options));
      try (SeekableByteChannel channel = stream.newByteChannel(named(directory, name), all)) {
        return channel.read(ByteBuffer.allocate(10)) > 0;
      }
    }
  }

  /** Lists a directory in a directory. */
  public static Set<String> listIn(Path directory, String name, LinkOption... options)
      throws IOException {
    TreeSet<String> names = new TreeSet<>();
    try (SecureDirectoryStream<Path> stream = opened(directory);
        DirectoryStream<Path> inner = stream.newDirectoryStream(named(directory, name), options)) {
      inner.forEach(each -> names.add(each.toString()));
    }
    return names;
  }

  /** Lists a directory that was removed after it was opened. */
  public static Set<String> listRemoved(Path directory) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      Files.delete(directory);
      stream.forEach(each -> names.add(each.getFileName().toString()));
    }
    return names;
  }

  /** Attributes of a file in a directory. */
  public static BasicFileAttributes attributesIn(Path directory, String name, LinkOption... options)
      throws IOException {
    try (SecureDirectoryStream<Path> stream = opened(directory)) {
      return stream
          .getFileAttributeView(named(directory, name), PosixFileAttributeView.class, options)
          .readAttributes();
    }
  }

  /** Attributes of the directory itself, after it was removed perhaps. */
  public static BasicFileAttributes attributesOf(Path directory, boolean removed)
      throws IOException {
    try (SecureDirectoryStream<Path> stream = opened(directory)) {
      if (removed) {
        Files.delete(directory);
      }
      return stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
    }
  }
}
