package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which block devices, sizes of huge pages and network interfaces the machine has: folders in
 * {@code /sys}. Where {@code /sys} is hidden, nothing is there. Thread-safe: holds nothing that
 * changes.
 */
public final class SysClasses {
  /** Made when it is needed: a start is not to wait for it. */
  private static final class Syntax {
    static final Pattern HUGE_PAGES = Pattern.compile("hugepages-(\\d{1,12})kB");
    static final Pattern IN_USE = Pattern.compile("\\[([^\\]]*)\\]");
    static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  }

  private final Path sys;

  /**
   * A reader.
   *
   * @param sys the folder {@code /sys}, or one that looks like it
   */
  public SysClasses(Path sys) {
    this.sys = sys;
  }

  /** Whether there is a block device with that number. */
  public boolean isBlockDevice(int major, int minor) {
    return Files.isDirectory(block(major, minor));
  }

  /** Whether that block device is a partition. */
  public boolean isPartition(int major, int minor) {
    return Files.exists(block(major, minor).resolve("partition"));
  }

  /** The I/O scheduler of that disk; empty if it has none. */
  public String scheduler(int major, int minor) {
    Matcher inUse =
        Syntax.IN_USE.matcher(text(block(major, minor).resolve("queue/scheduler")).orElse(""));
    return inUse.find() ? inUse.group(1) : "";
  }

  private Path block(int major, int minor) {
    return sys.resolve("dev/block/%d:%d".formatted(major, minor));
  }

  /** The sizes of huge pages, in bytes, ascending. */
  public List<Long> hugePageSizes() {
    List<Long> sizes = new ArrayList<>();
    for (Path each : entries("kernel/mm/hugepages")) {
      Matcher size = Syntax.HUGE_PAGES.matcher(name(each));
      if (size.matches()) {
        sizes.add(Long.parseLong(size.group(1)) << 10);
      }
    }
    Collections.sort(sizes);
    return sizes;
  }

  /** The network interfaces, in the order in which they came. */
  public List<String> interfaces() {
    List<Path> all = new ArrayList<>(entries("class/net"));
    all.removeIf(each -> !Files.isDirectory(each)); // bonding_masters is a file
    all.sort(Comparator.comparingInt(SysClasses::index).thenComparing(SysClasses::name));
    return all.stream().map(SysClasses::name).toList();
  }

  private static int index(Path device) {
    String index = text(device.resolve("ifindex")).orElse("").strip();
    return Syntax.NUMBER.matcher(index).matches() ? Integer.parseInt(index) : Integer.MAX_VALUE;
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private List<Path> entries(String folder) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(sys.resolve(folder))) {
      entries.forEach(found::add);
    } catch (IOException | DirectoryIteratorException hiddenOrNotBuilt) {
      return List.of();
    }
    return found;
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file, ISO_8859_1));
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }
}
