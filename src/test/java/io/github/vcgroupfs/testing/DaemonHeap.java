package io.github.vcgroupfs.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a daemon keeps, asked from outside. */
public final class DaemonHeap {
  private static final int COLLECTIONS = 5;

  private final long pid;

  /** Of the process with that id. */
  public DaemonHeap(long pid) {
    this.pid = pid;
  }

  /**
   * What is alive after a full collection.
   *
   * @param bytes of all objects
   * @param instances their number, by class
   * @param sizes their bytes, by class
   */
  public record Figures(long bytes, Map<String, Long> instances, Map<String, Long> sizes) {
    /** Those of our own classes, for a message. */
    public Map<String, Long> ours() {
      Map<String, Long> ours = new TreeMap<>(instances);
      ours.keySet().removeIf(name -> !name.startsWith("io.github.vcgroupfs."));
      return ours;
    }

    /** Which classes take more than before, and by how many bytes; ten at most, for a message. */
    public String growthSince(Figures before) {
      return sizes.keySet().stream()
          .map(name -> Map.entry(sizes.get(name) - before.sizes.getOrDefault(name, 0L), name))
          .filter(each -> each.getKey() > 0)
          .sorted(Map.Entry.<Long, String>comparingByKey().reversed())
          .limit(10)
          .map(each -> "%+d bytes of %s".formatted(each.getKey(), each.getValue()))
          .collect(Collectors.joining(", "));
    }

    /**
     * How many of a class.
     *
     * @throws ClassNotFoundException when there is no class of that name any more: none of it is
     *     alive, and a test of that would pass for ever
     */
    public long instances(String className) throws ClassNotFoundException {
      Class.forName(className, false, DaemonHeap.class.getClassLoader());
      return instances.getOrDefault(className, 0L);
    }
  }

  /**
   * Makes the daemon collect all garbage, and counts what is left to the byte.
   *
   * <p>It takes {@value #COLLECTIONS} full collections. The first one clears what references held
   * back until then. And the serial collector moves everything together in one of four only
   * (MarkSweepAlwaysCompactCount): the other three may leave dead objects where they are, up to a
   * twentieth of the old generation (MarkSweepDeadRatio), and a histogram counts them, as {@code
   * int[]} or FillerArray. That was up to 1.5 MB here, which came and went by itself. So the
   * smallest of the last four is what is alive.
   */
  public Figures afterFullGc() throws Exception {
    Path commands = Files.createTempFile("vcgroupfs-test", ".jcmd");
    try {
      // a histogram is one of live objects unless "-all" is said, hence the full collection
      Files.write(commands, Collections.nCopies(COLLECTIONS, "GC.class_histogram"));
      String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      Program.Ended ended =
          Program.runToEnd(List.of(jcmd, Long.toString(pid), "-f", commands.toString()));
      List<Figures> all = parse(ended.out());
      if (ended.status() != 0 || all.size() != COLLECTIONS) {
        throw new AssertionError("jcmd gives no class histograms of " + pid + ": " + ended);
      }
      return Collections.min(all.subList(1, COLLECTIONS), Comparator.comparingLong(Figures::bytes));
    } finally {
      Files.delete(commands);
    }
  }

  /** The histograms in a text, in their order. */
  private static List<Figures> parse(String text) {
    List<Figures> all = new ArrayList<>();
    Map<String, Long> instances = new HashMap<>();
    Map<String, Long> sizes = new HashMap<>();
    for (String line : text.lines().toList()) {
      String[] words = line.strip().split("\\s+", -1); // "1:  20  1234  name", "Total  20  1234"
      if (words[0].endsWith(":") && words.length >= 4) {
        instances.put(words[3], Long.parseLong(words[1]));
        sizes.put(words[3], Long.parseLong(words[2]));
      } else if (words[0].equals("Total")) {
        all.add(new Figures(Long.parseLong(words[2]), instances, sizes));
        instances = new HashMap<>();
        sizes = new HashMap<>();
      }
    }
    return all;
  }

  /** Its descriptors. */
  public long openFiles() {
    String[] all = Path.of("/proc", Long.toString(pid), "fd").toFile().list();
    return all == null ? -1 : all.length;
  }
}
