package io.github.vcgroupfs.differential;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A root to play scripts on: a scratch group of some hierarchy, with two processes of its own. Each
 * script has a group of its own below it.
 */
final class World implements AutoCloseable {
  /** How many results are kept to be used later. */
  static final int SLOTS = 6;

  /** What is kept: results that have to be closed. */
  static final List<Class<?>> KEPT =
      List.of(
          SeekableByteChannel.class,
          FileChannel.class,
          AsynchronousFileChannel.class,
          InputStream.class,
          OutputStream.class,
          BufferedReader.class,
          BufferedWriter.class,
          DirectoryStream.class);

  private final String name;
  private final Path scratch;
  private final List<String> pids;
  private final Ending ending;
  private final Object[] slots = new Object[SLOTS];
  private final String[] places = new String[SLOTS];
  private Path root;

  /** What is done when all is over. */
  @FunctionalInterface
  interface Ending {
    /** Ends it. */
    void run() throws IOException;
  }

  /**
   * Makes the scratch group.
   *
   * @param name of the world
   * @param hierarchy where the group is made
   * @param pids two processes that may be moved
   * @param ending called when the world is closed
   */
  World(String name, Path hierarchy, List<Integer> pids, Ending ending) throws IOException {
    this.name = name;
    this.pids = pids.stream().map(String::valueOf).toList();
    this.ending = ending;
    scratch =
        Files.createDirectory(
            hierarchy.resolve("vcgroupfs-differential-" + ProcessHandle.current().pid()));
    root = scratch;
    gatherProcesses();
  }

  private World(List<String> pids) {
    name = "no world";
    scratch = Path.of("");
    root = scratch;
    ending = () -> {};
    this.pids = pids;
  }

  /** None to play in: it only knows its processes. */
  static World withPids(String... pids) {
    return new World(List.of(pids));
  }

  /** Whether results of that type are kept. */
  static boolean isKept(Class<?> type) {
    return KEPT.contains(type);
  }

  String name() {
    return name;
  }

  Path root() {
    return root;
  }

  Path scratch() {
    return scratch;
  }

  FileSystem fileSystem() {
    return root.getFileSystem();
  }

  /** The ids of its two processes. */
  List<String> pids() {
    return pids;
  }

  /** A path below the root, not cleaned up; or a relative one, after {@code rel:}. */
  Path path(String place) {
    return place.startsWith("rel:")
        ? fileSystem().getPath(place.substring(4))
        : fileSystem().getPath(root + "/" + place);
  }

  Object kept(int slot) {
    return slots[slot];
  }

  /** The path of what is kept there. */
  String keptPlace(int slot) {
    return places[slot] == null ? "" : places[slot];
  }

  /** Keeps a result, if it is one of those that have to be closed. */
  @SuppressWarnings("ReferenceEquality") // the same object, whatever its equals says
  Object keep(int slot, Object result, String place) {
    if (KEPT.stream().anyMatch(type -> type.isInstance(result))) {
      if (slots[slot] != result) { // position(long) returns its own channel
        closeSlot(slot);
      }
      slots[slot] = result;
      places[slot] = place;
    }
    return result;
  }

  /** Begins a script: a new root with some groups, {@code a}, {@code a/c} and {@code b}. */
  void begin(long number) {
    try {
      root = Files.createDirectory(scratch.resolve("s" + number));
      for (String group : List.of("a", "a/c", "b")) {
        Files.createDirectory(root.resolve(group));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends a script: closes and removes all that it left. */
  void end() {
    for (int slot = 0; slot < SLOTS; slot++) {
      closeSlot(slot);
    }
    try {
      gatherProcesses();
      if (Files.exists(root)) { // a script that empties it may remove it, too
        remove(root);
      }
      root = scratch;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void closeSlot(int slot) {
    if (slots[slot] instanceof Closeable closeable) {
      try {
        closeable.close();
      } catch (IOException e) { // a writer with text that the file refuses: no part of the script
        places[slot] = e.toString();
      }
    }
    slots[slot] = null;
    places[slot] = null;
  }

  private void gatherProcesses() throws IOException {
    for (String pid : pids) {
      Files.writeString(scratch.resolve("cgroup.procs"), pid);
    }
  }

  private static void remove(Path group) throws IOException {
    List<Path> below = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(group)) {
      for (Path each : entries) {
        if (Files.isDirectory(each)) {
          below.add(each);
        }
      }
    }
    for (Path each : below) {
      remove(each);
    }
    Files.delete(group);
  }

  @Override
  public void close() {
    try {
      Arrays.fill(slots, null);
      for (String pid : pids) { // a group with members cannot be removed
        Files.writeString(scratch.resolveSibling("cgroup.procs"), pid);
      }
      remove(scratch);
      ending.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
