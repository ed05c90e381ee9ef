package io.github.vcgroupfs.differential;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The methods that are called. They come from reflection; which are left out, and why, is here. */
final class Catalogue {
  /** Methods that no script calls, as {@code Class.method}, with the reason. */
  static final Map<String, String> LEFT_OUT =
      Map.ofEntries(
          Map.entry("Files.newDirectoryStream(Path,Filter)", "the filter is the caller's own code"),
          Map.entry("Iterable.forEach", "stands on iterator"),
          Map.entry("Iterable.spliterator", "stands on iterator"),
          Map.entry("Path.hashCode", "a number of each file system's own"),
          Map.entry("Path.toUri", "the scheme differs on purpose: cgroup, not file"),
          Map.entry("Path.register", "in More.watch"),
          Map.entry("Path.toFile", "in More.javaIoReader and others"),
          Map.entry("InputStream.mark", "no stream of Files marks"),
          Map.entry("BufferedReader.lines", "is Files.lines"),
          Map.entry("BufferedReader.mark", "a matter of the reader's own buffer"),
          Map.entry("BufferedReader.reset", "a matter of the reader's own buffer"),
          Map.entry("Writer.append", "is write"),
          Map.entry("FileSystem.close", "other calls need it"),
          Map.entry("FileSystem.provider", "an object of its own"),
          Map.entry("FileSystem.getFileStores", "lists the machine's"),
          Map.entry("FileSystem.getRootDirectories", "the same path in all: no call of a group"),
          Map.entry("FileSystem.getUserPrincipalLookupService", "in More.user and More.chgrp"),
          Map.entry("FileSystem.newWatchService", "in More.watch"));

  /** Classes whose instance methods are called on what is kept in slots. */
  private static final Map<Class<?>, List<Class<?>>> KEPT =
      Map.of(
          SeekableByteChannel.class, List.of(SeekableByteChannel.class),
          FileChannel.class, List.of(FileChannel.class),
          AsynchronousFileChannel.class, List.of(AsynchronousFileChannel.class),
          InputStream.class, List.of(InputStream.class),
          OutputStream.class, List.of(OutputStream.class),
          BufferedReader.class, List.of(BufferedReader.class, Reader.class),
          BufferedWriter.class, List.of(BufferedWriter.class, Writer.class),
          DirectoryStream.class, List.of(DirectoryStream.class));

  private Catalogue() {}

  /** All static methods of {@link Files} that are called. */
  static List<Method> files() {
    return statics(Files.class);
  }

  /** Calls of several steps. */
  static List<Method> more() {
    return sorted(
        Stream.of(More.class, MoreDirectories.class).flatMap(type -> statics(type).stream()));
  }

  /** Static methods that open a channel without {@link Files}. */
  static List<Method> opens() {
    return sorted(
        Stream.of(FileChannel.class, AsynchronousFileChannel.class)
            .flatMap(type -> statics(type).stream()));
  }

  /** What is called on a path, and with it. */
  static List<Method> paths() {
    return sorted(instanceMethods(Path.class));
  }

  /** What is called on a file system. */
  static List<Method> fileSystems() {
    return sorted(instanceMethods(FileSystem.class));
  }

  /** What is called on something that is kept. */
  static List<Method> ofKept(Class<?> type) {
    return sorted(KEPT.get(type).stream().flatMap(Catalogue::instanceMethods));
  }

  /** Whether, and why, a method is left out. */
  static Optional<String> whyLeftOut(Method method) {
    return namesOf(method).stream().filter(LEFT_OUT::containsKey).map(LEFT_OUT::get).findFirst();
  }

  /** Its names, without and with the types of its parameters. */
  static List<String> namesOf(Method method) {
    String name = method.getDeclaringClass().getSimpleName() + "." + method.getName();
    String types =
        Arrays.stream(method.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(",", "(", ")"));
    return List.of(name, name + types);
  }

  private static List<Method> statics(Class<?> type) {
    return sorted(
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .filter(method -> whyLeftOut(method).isEmpty())
            .filter(Catalogue::takesPath));
  }

  /** Whether one of its parameters is a path. */
  static boolean takesPath(Method method) {
    return Arrays.asList(method.getParameterTypes()).contains(Path.class);
  }

  private static Stream<Method> instanceMethods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getDeclaringClass() != Object.class)
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !method.isBridge())
        .filter(method -> isOwn(type, method))
        .filter(method -> whyLeftOut(method).isEmpty());
  }

  /** Interfaces are called through the type that scripts know: a channel is no Closeable there. */
  private static boolean isOwn(Class<?> type, Method method) {
    return method.getDeclaringClass().isAssignableFrom(type);
  }

  private static List<Method> sorted(Stream<Method> methods) {
    return methods.distinct().sorted(Comparator.comparing(Method::toString)).toList();
  }
}
