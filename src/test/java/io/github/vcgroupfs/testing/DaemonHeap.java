package io.github.vcgroupfs.testing;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a daemon keeps, asked from outside. */
public final class DaemonHeap {
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
   */
  public record Figures(long bytes, Map<String, Long> instances) {
    /** Those of our own classes, for a message. */
    public Map<String, Long> ours() {
      Map<String, Long> ours = new TreeMap<>(instances);
      ours.keySet().removeIf(name -> !name.startsWith("io.github.vcgroupfs."));
      return ours;
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

  /** Makes the daemon collect all garbage; the second time what references held back until then. */
  public Figures afterFullGc() throws Exception {
    histogram();
    return histogram();
  }

  private Figures histogram() throws Exception {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    // a histogram is one of live objects unless "-all" is said, hence the full collection
    Program.Ended ended = Program.runToEnd(List.of(jcmd, Long.toString(pid), "GC.class_histogram"));
    require(ended.status() == 0, ended);
    Map<String, Long> instances = new HashMap<>();
    long bytes = 0;
    for (String line : ended.out().lines().toList()) {
      String[] words = line.strip().split("\\s+", -1); // "1:  20  1234  name", "Total  20  1234"
      if (words[0].endsWith(":") && words.length >= 4) {
        instances.put(words[3], Long.parseLong(words[1]));
      } else if (words[0].equals("Total")) {
        bytes = Long.parseLong(words[2]);
      }
    }
    require(bytes > 0, ended);
    return new Figures(bytes, instances);
  }

  /** Without AssertJ, which programs among the tests do not have on their class path. */
  private static void require(boolean holds, Program.Ended ended) {
    if (!holds) {
      throw new AssertionError("no histogram of the heap: " + ended);
    }
  }

  /** Its descriptors. */
  public long openFiles() {
    String[] all = Path.of("/proc", Long.toString(pid), "fd").toFile().list();
    return all == null ? -1 : all.length;
  }
}
