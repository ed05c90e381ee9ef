package io.github.vcgroupfs.nio;

import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.spi.FileSystemProvider;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The file systems of a provider that are open, by name. Thread-safe. */
final class OpenFileSystems {
  private final FileSystemProvider provider;
  private final ConcurrentMap<String, VirtualCgroupFileSystem> byName = new ConcurrentHashMap<>();
  private final AtomicLong made = new AtomicLong();

  OpenFileSystems(FileSystemProvider provider) {
    this.provider = provider;
  }

  /** Makes a file system. */
  interface Maker {
    VirtualCgroupFileSystem make(VirtualCgroupFileSystem.Identity identity);
  }

  /**
   * Makes a file system and keeps it until it is closed.
   *
   * @param name its name; null: a number that is its own
   * @throws FileSystemAlreadyExistsException if one of that name is open
   */
  VirtualCgroupFileSystem open(@Nullable String name, Maker maker) {
    long number = made.incrementAndGet();
    String chosen = name == null ? Long.toString(number) : name;
    requireFree(chosen);
    VirtualCgroupFileSystem fileSystem =
        maker.make(
            new VirtualCgroupFileSystem.Identity(
                provider, chosen, 2 * number + 1, () -> byName.remove(chosen)));
    if (byName.putIfAbsent(chosen, fileSystem) != null) {
      throw exists(chosen);
    }
    return fileSystem;
  }

  /** Fails if a file system of that name is open. */
  void requireFree(String name) {
    if (byName.containsKey(name)) {
      throw exists(name);
    }
  }

  private static FileSystemAlreadyExistsException exists(String name) {
    return new FileSystemAlreadyExistsException(
        "cgroup:/%s is open: close it, or take another name".formatted(name));
  }

  /** An open file system. */
  VirtualCgroupFileSystem named(String name) {
    VirtualCgroupFileSystem there = byName.get(name);
    if (there == null) {
      throw new FileSystemNotFoundException(
          "cgroup:/%s is not open: open it with FileSystems.newFileSystem".formatted(name));
    }
    return there;
  }
}
