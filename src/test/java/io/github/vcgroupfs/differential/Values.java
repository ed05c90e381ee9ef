package io.github.vcgroupfs.differential;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileVisitOption;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** Makes arguments for methods of {@code java.nio.file}, by the type of each parameter. */
final class Values {
  private static final List<OpenOption> WRITERS =
      List.of(
          StandardOpenOption.WRITE,
          StandardOpenOption.APPEND,
          StandardOpenOption.TRUNCATE_EXISTING);
  private static final List<OpenOption> OPEN_OPTIONS =
      List.of(StandardOpenOption.values()).stream().map(OpenOption.class::cast).toList();
  private static final List<String> PERMISSIONS =
      List.of("rwxr-xr-x", "rw-r--r--", "---------", "rwxrwxrwx", "r--------", "-wx--x--x");
  private static final List<Class<?>> VIEWS =
      List.of(
          BasicFileAttributeView.class,
          PosixFileAttributeView.class,
          FileOwnerAttributeView.class,
          DosFileAttributeView.class,
          UserDefinedFileAttributeView.class,
          AclFileAttributeView.class);
  private static final List<Class<?>> ATTRIBUTES =
      List.of(BasicFileAttributes.class, PosixFileAttributes.class, DosFileAttributes.class);
  private static final List<String> ATTRIBUTE_NAMES =
      List.of(
          "size",
          "isDirectory",
          "isRegularFile",
          "isOther",
          "isSymbolicLink",
          "fileKey",
          "lastModifiedTime",
          "lastAccessTime",
          "creationTime",
          "posix:permissions",
          "posix:owner",
          "posix:group",
          "owner:owner",
          "unix:mode",
          "unix:uid",
          "unix:gid",
          "unix:nlink",
          "unix:ino",
          "unix:dev",
          "unix:rdev",
          "unix:ctime",
          "unix:size",
          "*",
          "posix:*",
          "unix:*",
          "basic:*",
          "owner:*",
          "dos:*",
          "user:*",
          "size,isDirectory",
          "posix:size,owner",
          "nope",
          "unix:nope",
          "nope:size",
          "",
          ":",
          "unix:",
          "a:b:c",
          "acl:acl",
          "user:test");
  private static final List<String> GLOBS =
      List.of(
          "*",
          "*.limit_in_bytes",
          "memory.*",
          "{tasks,cgroup.*}",
          "[a-c]",
          "?",
          "nope",
          "**",
          "[",
          "{a",
          "\\",
          "",
          "memory.kmem.tcp.[!f]*",
          "a*{b");
  private static final List<String> NAMES =
      List.of("root", "nobody", "0", "65534", "12345", "no such user", "", "-1");

  private final Chance chance;
  private final Places places;
  private final Texts texts;
  private final StreamValues streams;

  Values(Chance chance, Places places) {
    this.chance = chance;
    this.places = places;
    texts = new Texts(chance);
    streams = new StreamValues(chance, texts);
  }

  /** All arguments of a call. */
  List<Arg> of(Method method, List<Integer> slots) {
    List<Arg> all = new ArrayList<>();
    for (int at = 0; at < method.getParameterCount(); at++) {
      all.add(one(method, at, slots));
    }
    return all;
  }

  private Arg one(Method method, int at, List<Integer> slots) {
    Class<?> type = method.getParameterTypes()[at];
    if (!type.isPrimitive() && chance.below(200) == 0) {
      return Arg.constant("null", null);
    }
    Arg number = streams.number(method, at);
    if (number != null) {
      return number;
    }
    Arg stream = streams.of(method, type, slots);
    return stream != null ? stream : ofFiles(method, at, type);
  }

  private Arg ofFiles(Method method, int at, Class<?> type) {
    Type generic = method.getGenericParameterTypes()[at];
    return switch (type.getSimpleName()) {
      case "Path" -> place(method);
      case "Path[]" -> Arg.constant("{}", new java.nio.file.Path[0]);
      case "OpenOption[]" -> options(openOptions(method), OpenOption[]::new);
      case "CopyOption[]" -> options(copyOptions(), CopyOption[]::new);
      case "LinkOption[]" ->
          chance.percent(60)
              ? Arg.constant("{}", new LinkOption[0])
              : Arg.constant("NOFOLLOW_LINKS", new LinkOption[] {LinkOption.NOFOLLOW_LINKS});
      case "FileVisitOption[]" ->
          chance.percent(70)
              ? Arg.constant("{}", new FileVisitOption[0])
              : Arg.constant("FOLLOW_LINKS", new FileVisitOption[] {FileVisitOption.FOLLOW_LINKS});
      case "FileAttribute[]" -> attributes();
      case "Set" -> set(generic.getTypeName(), method);
      case "Class" -> type(method);
      case "FileTime" -> time();
      case "UserPrincipal" -> user();
      case "FileVisitor" -> Arg.made("a visitor", (world, target) -> new Visitor());
      case "BiPredicate" -> finder();
      case "Object" -> value();
      case "String" -> name(method);
      case "String[]" -> strings();
      case "ExecutorService", "WatchService", "Filter", "Arena" -> Arg.constant("null", null);
      default -> throw new IllegalArgumentException("no value for a " + type + " of " + method);
    };
  }

  private Arg place(Method method) {
    boolean looks = method.getDeclaringClass() != java.nio.file.Path.class;
    if (!looks && !method.getName().equals("compareTo")) {
      return Arg.place(places.anyText());
    }
    if (chance.percent(method.getDeclaringClass() == MoreDirectories.class ? 10 : 50)) {
      return Arg.place(places.any());
    }
    String name = method.getName();
    boolean group =
        method.getDeclaringClass() == MoreDirectories.class
            || name.matches(".*(Director|walk|list|find|mkdir|Temp|move).*");
    return Arg.place(group ? places.group() : places.file());
  }

  /** Those that a method can take, and some that it cannot. */
  private List<OpenOption> openOptions(Method method) {
    if (chance.percent(25)) {
      return List.of();
    }
    Set<OpenOption> chosen = new HashSet<>();
    boolean reads = method.getName().matches("newInputStream|newByteChannel|open|readIn");
    if (reads && chance.percent(70)) {
      chosen.add(StandardOpenOption.READ);
    }
    if (!method.getName().equals("newInputStream") && chance.percent(75)) {
      chosen.add(chance.of(WRITERS));
      chosen.add(chance.of(WRITERS));
    }
    if (method.getDeclaringClass() == AsynchronousFileChannel.class && chance.percent(85)) {
      chosen.remove(StandardOpenOption.APPEND); // it takes none
    }
    for (int more = chance.below(100); more > 60; more -= 25) {
      chosen.add(chance.percent(90) ? chance.of(OPEN_OPTIONS) : LinkOption.NOFOLLOW_LINKS);
    }
    if (chance.below(60) == 0) {
      chosen.add(OddOption.ODD);
    }
    return chosen.stream().sorted(java.util.Comparator.comparing(Object::toString)).toList();
  }

  private List<CopyOption> copyOptions() {
    List<CopyOption> all = new ArrayList<>();
    for (CopyOption each : StandardCopyOption.values()) {
      if (chance.percent(25)) {
        all.add(each);
      }
    }
    if (chance.percent(20)) {
      all.add(LinkOption.NOFOLLOW_LINKS);
    }
    return all;
  }

  private static <T> Arg options(List<T> chosen, java.util.function.IntFunction<T[]> array) {
    return Arg.made(chosen.toString(), (world, target) -> chosen.toArray(array));
  }

  private Arg attributes() {
    if (chance.percent(75)) {
      return Arg.constant("{}", new FileAttribute<?>[0]);
    }
    String permissions = chance.of(PERMISSIONS);
    FileAttribute<?> attribute =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    return Arg.constant(permissions, new FileAttribute<?>[] {attribute});
  }

  private Arg set(String generic, Method method) {
    if (generic.contains("OpenOption")) {
      List<OpenOption> chosen = openOptions(method);
      return Arg.constant(chosen.toString(), new HashSet<>(chosen));
    }
    if (generic.contains("FileVisitOption")) {
      return chance.percent(70)
          ? Arg.constant("{}", Set.of())
          : Arg.constant("FOLLOW_LINKS", Set.of(FileVisitOption.FOLLOW_LINKS));
    }
    if (generic.contains("PosixFilePermission")) {
      String permissions = chance.of(PERMISSIONS);
      Set<PosixFilePermission> all = PosixFilePermissions.fromString(permissions);
      return Arg.constant(permissions, all);
    }
    throw new IllegalArgumentException("no value for a " + generic);
  }

  private Arg type(Method method) {
    Class<?> type = chance.of(method.getName().contains("View") ? VIEWS : ATTRIBUTES);
    return Arg.constant(type.getSimpleName(), type);
  }

  private Arg time() {
    FileTime time =
        FileTime.from(
            chance.of(
                Instant.EPOCH,
                Instant.parse("2001-02-03T04:05:06Z"),
                Instant.parse("2001-02-03T04:05:06.123456789Z"),
                Instant.parse("1969-12-31T23:59:58.5Z"),
                Instant.parse("2500-01-01T00:00:00Z")));
    return Arg.constant(time.toString(), time);
  }

  private Arg user() {
    String name = chance.of("root", "nobody", "12345");
    return Arg.made(
        name,
        (world, target) -> {
          try {
            return world.fileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  private Arg finder() {
    String part = chance.of("kmem", "tasks", "a", "");
    BiPredicate<java.nio.file.Path, BasicFileAttributes> finder =
        (path, attributes) ->
            path.toString().contains(part) && (part.length() < 2 || attributes.isRegularFile());
    return Arg.constant("with " + part, finder);
  }

  private Arg value() {
    Arg user = user();
    return switch (chance.below(8)) {
      case 0 -> time();
      case 1 -> user;
      case 2 -> set("PosixFilePermission", null);
      case 3 -> Arg.constant("0640", 0640);
      case 4 -> Arg.constant("0100755", 0100755);
      case 5 -> Arg.constant("1000", 1000);
      case 6 -> Arg.constant("x", "x");
      default ->
          Arg.constant("bytes", java.nio.ByteBuffer.wrap(new byte[] {1, 2}).asReadOnlyBuffer());
    };
  }

  private Arg name(Method method) {
    String name =
        switch (method.getName()) {
          case "getAttribute", "setAttribute", "readAttributes" -> chance.of(ATTRIBUTE_NAMES);
          case "newDirectoryStream" -> chance.of(GLOBS);
          case "getPathMatcher" ->
              chance.of("glob:", "regex:", "glob:", "nope:", "", "GLOB:") + chance.of(GLOBS);
          case "createTempFile", "createTempDirectory" ->
              chance.of("tmp", "", "tmp.", "a/b", "tmp\n");
          case "user", "chgrp" -> chance.of(NAMES);
          case "mkdir" -> chance.of(PERMISSIONS);
          case "userAttribute", "removeUserAttribute" ->
              chance.of("test", "other", "", "x".repeat(300));
          default ->
              method.getDeclaringClass() == MoreDirectories.class
                  ? places.entry()
                  : places.anyText().replace("rel:", "");
        };
    return Arg.constant(Rules.quoted(name.length() > 60 ? name.substring(0, 60) : name), name);
  }

  private Arg strings() {
    String[] all = new String[chance.below(3)];
    Arrays.setAll(all, at -> chance.of("a", "", "b/c", "..", "/x", "tasks"));
    return Arg.made(
        Arrays.stream(all).collect(Collectors.joining(",", "{", "}")),
        (world, target) -> all.clone());
  }

  /** An option that nobody knows. */
  private enum OddOption implements OpenOption {
    ODD
  }
}
