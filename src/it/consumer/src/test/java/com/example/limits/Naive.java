package com.example.limits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Stream;

/**
 * The jobs of this package as many programs do them. Each method works on the day it is written,
 * and a test with plain text files would pass. The tests here show what goes wrong later.
 */
final class Naive {
  private Naive() {}

  /** A quarter of the limit. */
  static long heapBytes(Path group) throws IOException {
    return Long.parseLong(Files.readString(group.resolve("memory.limit_in_bytes")).trim()) / 4;
  }

  /** The limit for memory, then the one for memory and swap. */
  static void limitMemory(Path group, long bytes) throws IOException {
    Files.writeString(group.resolve("memory.limit_in_bytes"), Long.toString(bytes));
    Files.writeString(group.resolve("memory.memsw.limit_in_bytes"), Long.toString(bytes));
  }

  /** All processes of a job, a line each. */
  static void attach(Path group, List<Long> pids) throws IOException {
    List<String> lines = pids.stream().map(String::valueOf).toList();
    Files.write(group.resolve("cgroup.procs"), lines);
  }

  /** The line "cache" of {@code memory.stat}. */
  static long cacheBytes(Path group) throws IOException {
    try (Scanner scanner = new Scanner(group.resolve("memory.stat"))) {
      while (scanner.hasNext()) {
        if (scanner.next().equals("cache")) {
          return scanner.nextLong();
        }
      }
      return 0;
    }
  }

  /** All groups. */
  static List<Path> groups(Path hierarchy) throws IOException {
    try (Stream<Path> files = Files.walk(hierarchy)) {
      return files.filter(Files::isDirectory).toList();
    }
  }
}
