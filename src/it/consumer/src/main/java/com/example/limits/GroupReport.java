package com.example.limits;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import java.util.TreeMap;

/**
 * A report on the memory of all groups, as a search engine or an agent sends it each minute. Groups
 * come and go while it reads. One that has gone is left out, and the others are still reported.
 */
public final class GroupReport {
  private static final int MOST_BYTES = 4096;

  private final Path hierarchy;

  /**
   * @param hierarchy where the hierarchy of the memory controller is mounted
   */
  public GroupReport(Path hierarchy) {
    this.hierarchy = hierarchy;
  }

  /**
   * What is known of one group.
   *
   * <p>The kernel's counters have 64 bits and no sign, which is more than a {@code long} holds.
   *
   * @param usage bytes in use
   * @param refused how often the limit refused memory
   * @param cache bytes of files in memory; 0 if the kernel does not say
   */
  public record Line(BigInteger usage, BigInteger refused, BigInteger cache) {}

  /** The groups, by their paths below the hierarchy; "" is the root. */
  public Map<String, Line> lines() throws IOException {
    Map<String, Line> lines = new TreeMap<>();
    add(hierarchy, lines);
    return lines;
  }

  private void add(Path group, Map<String, Line> lines) throws IOException {
    Optional<Line> line = line(group);
    if (line.isEmpty()) {
      return;
    }
    lines.put(hierarchy.relativize(group).toString(), line.get());
    try (DirectoryStream<Path> below = Files.newDirectoryStream(group, Files::isDirectory)) {
      for (Path child : below) {
        add(child, lines);
      }
    } catch (NoSuchFileException gone) {
      // its line was true a moment ago
    }
  }

  /** Of one group; empty if it was removed. */
  Optional<Line> line(Path group) throws IOException {
    try {
      return Optional.of(
          new Line(
              number(group.resolve("memory.usage_in_bytes")),
              firstLine(group.resolve("memory.failcnt")),
              entry(group.resolve("memory.stat"), "cache")));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException failed) {
      if (Errno.GROUP_IS_GONE.isReasonOf(failed)) { // the file was open already
        return Optional.empty();
      }
      throw failed;
    }
  }

  /** The number in a file, read from a channel. */
  private static BigInteger number(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
      while (channel.read(bytes) > 0) {
        // a read may bring less than there is
      }
      return new BigInteger(StandardCharsets.US_ASCII.decode(bytes.flip()).toString().trim());
    }
  }

  private static BigInteger firstLine(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return new BigInteger(reader.readLine());
    }
  }

  /** The number behind a word; 0 if no line has it. */
  private static BigInteger entry(Path file, String word) throws IOException {
    try (Scanner scanner = new Scanner(file)) {
      BigInteger found = BigInteger.ZERO;
      while (scanner.hasNext()) {
        if (scanner.next().equals(word)) {
          found = scanner.nextBigInteger();
        }
      }
      // a scanner takes a failed read for the end, and tells only who asks
      if (scanner.ioException() != null) {
        throw scanner.ioException();
      }
      return found;
    }
  }
}
