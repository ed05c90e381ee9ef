package io.github.vcgroupfs.differential;

import java.io.FileReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Calls that take several steps and are one in a script. All are public: reflection finds them. */
final class More {
  private More() {}

  /** What a file store says of attributes. */
  public static String storeOf(Path path) throws IOException {
    FileStore store = Files.getFileStore(path);
    List<String> said = new ArrayList<>();
    said.add("read-only " + store.isReadOnly());
    for (String view : List.of("basic", "owner", "posix", "unix", "dos", "user", "acl", "nope")) {
      said.add(view + " " + store.supportsFileAttributeView(view));
    }
    said.add("user " + store.supportsFileAttributeView(UserDefinedFileAttributeView.class));
    said.add("acl " + store.supportsFileAttributeView(AclFileAttributeView.class));
    said.add("posix " + store.supportsFileAttributeView(PosixFileAttributeView.class));
    said.add("dos " + store.supportsFileAttributeView(DosFileAttributeView.class));
    return String.join(", ", said);
  }

  /** Old ways to read. */
  public static int javaIoReader(Path path) throws IOException {
    try (FileReader reader = new FileReader(path.toFile(), StandardCharsets.ISO_8859_1)) {
      return reader.read() < 0 ? -1 : 1;
    }
  }

  /** Old ways to read and write. */
  public static boolean javaIoRandomAccess(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      return file.read() >= 0;
    }
  }

  /** A new watch. */
  public static boolean watch(Path path) throws IOException {
    try (WatchService service = path.getFileSystem().newWatchService()) {
      WatchKey key =
          path.register(
              service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
      return key.isValid() && key.watchable().equals(path);
    }
  }

  /** Looks a user up. */
  public static UserPrincipal user(Path path, String name) throws IOException {
    return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
  }

  /** Looks a group of users up, and gives it a file. */
  public static GroupPrincipal chgrp(Path path, String name) throws IOException {
    GroupPrincipal group =
        path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    view.setGroup(group);
    return view.readAttributes().group();
  }

  /** Sets all times. */
  public static void setTimes(
      Path path, FileTime modified, FileTime accessed, LinkOption... options) throws IOException {
    Files.getFileAttributeView(path, BasicFileAttributeView.class, options)
        .setTimes(modified, accessed, null);
  }

  /** Makes a group with permissions. */
  public static Path mkdir(Path path, String permissions) throws IOException {
    return Files.createDirectory(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
  }

  /** Names of attributes of the user. */
  public static Set<String> userAttributes(Path path) throws IOException {
    return new TreeSet<>(userView(path).list());
  }

  /** Sets an attribute of the user, and reads it. */
  public static int userAttribute(Path path, String name, byte[] value) throws IOException {
    UserDefinedFileAttributeView view = userView(path);
    view.write(name, ByteBuffer.wrap(value));
    return view.read(name, ByteBuffer.allocate(view.size(name)));
  }

  /** Removes one. */
  public static void removeUserAttribute(Path path, String name) throws IOException {
    userView(path).delete(name);
  }

  private static UserDefinedFileAttributeView userView(Path path) {
    return Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
  }

  /** Whether the permissions of a real file can be turned into text and back. */
  public static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
