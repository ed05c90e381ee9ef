package io.github.vcgroupfs.referee;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What kernels answered, in {@code src/test/resources/referee}: a folder a kernel, named as its
 * profile, and in it a folder a controller. The folders are listed here, since resources in a jar
 * cannot be.
 */
final class Recordings {
  /** Made by hand, one thing a case; without answers, to ask a kernel. */
  static final String CASES = "cases.jsonl";

  /** Made by chance. */
  static final String FUZZ = "fuzz.jsonl";

  /** Names, modes and texts of the files of the root and of a new group. */
  static final String FRESH = "fresh.jsonl";

  private static final String FOLDER = "/referee/";

  /** The first kernel in which a write of no bytes does nothing: {@code fs/kernfs/file.c}. */
  private static final int[] EMPTY_WRITES_END = {5, 9};

  private static final List<Recording> ALL =
      List.of(
          new Recording("linux-4.19", "memory", FRESH),
          new Recording("linux-4.19", "memory", CASES),
          new Recording("linux-4.19", "memory", FUZZ),
          new Recording("linux-5.10", "memory", FRESH),
          new Recording("linux-5.10", "memory", CASES),
          new Recording("linux-5.10", "memory", FUZZ),
          new Recording("linux-5.10", "devices", FRESH),
          new Recording("linux-5.10", "devices", FUZZ),
          new Recording("linux-5.10", "cpuset", FRESH),
          new Recording("linux-5.10", "cpuset", FUZZ),
          new Recording("linux-5.10", "cpu", FRESH),
          new Recording("linux-5.10", "cpu", FUZZ),
          new Recording("linux-5.10", "cpuacct", FRESH),
          new Recording("linux-5.10", "cpuacct", FUZZ),
          new Recording("linux-5.10", "freezer", FRESH),
          new Recording("linux-5.10", "freezer", FUZZ),
          new Recording("linux-5.10", "blkio", FRESH),
          new Recording("linux-5.10", "blkio", FUZZ),
          new Recording("linux-5.10", "hugetlb", FRESH),
          new Recording("linux-5.10", "hugetlb", FUZZ),
          new Recording("linux-5.10", "net_cls", FRESH),
          new Recording("linux-5.10", "net_cls", FUZZ),
          new Recording("linux-5.10", "net_prio", FRESH),
          new Recording("linux-5.10", "net_prio", FUZZ),
          new Recording("linux-5.10", "perf_event", FRESH),
          new Recording("linux-5.10", "perf_event", FUZZ),
          new Recording("linux-5.10", "pids", FRESH),
          new Recording("linux-5.10", "pids", FUZZ),
          new Recording("linux-6.1", "memory", FRESH),
          new Recording("linux-6.1", "memory", CASES),
          new Recording("linux-6.1", "memory", FUZZ),
          new Recording("linux-6.1", "devices", FRESH),
          new Recording("linux-6.1", "devices", FUZZ),
          new Recording("linux-6.1", "cpuset", FRESH),
          new Recording("linux-6.1", "cpuset", FUZZ),
          new Recording("linux-6.1", "cpu", FRESH),
          new Recording("linux-6.1", "cpu", FUZZ),
          new Recording("linux-6.1", "cpuacct", FRESH),
          new Recording("linux-6.1", "cpuacct", FUZZ),
          new Recording("linux-6.1", "freezer", FRESH),
          new Recording("linux-6.1", "freezer", FUZZ),
          new Recording("linux-6.1", "blkio", FRESH),
          new Recording("linux-6.1", "blkio", FUZZ),
          new Recording("linux-6.1", "hugetlb", FRESH),
          new Recording("linux-6.1", "hugetlb", FUZZ),
          new Recording("linux-6.1", "net_cls", FRESH),
          new Recording("linux-6.1", "net_cls", FUZZ),
          new Recording("linux-6.1", "net_prio", FRESH),
          new Recording("linux-6.1", "net_prio", FUZZ),
          new Recording("linux-6.1", "perf_event", FRESH),
          new Recording("linux-6.1", "perf_event", FUZZ),
          new Recording("linux-6.1", "pids", FRESH),
          new Recording("linux-6.1", "pids", FUZZ));

  private Recordings() {}

  /** Every recording, by kernel, the oldest first. */
  static List<Recording> all() {
    return ALL;
  }

  /** The cases made by hand that every kernel is asked, of the memory controller. */
  static List<Case> casesByHand() {
    return read(CASES);
  }

  /** The lines of a file in the folder. */
  static List<String> lines(String name) {
    try (BufferedReader lines = open(name)) {
      return lines.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static List<Case> read(String name) {
    try (BufferedReader lines = open(name)) {
      return Case.read(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static BufferedReader open(String name) {
    InputStream stream = Recordings.class.getResourceAsStream(FOLDER + name);
    if (stream == null) {
      throw new IllegalStateException("no " + FOLDER + name + " on the class path");
    }
    return new BufferedReader(new InputStreamReader(stream, UTF_8));
  }

  /**
   * A file of answered cases.
   *
   * @param kernel the id of the profile
   * @param controller which hierarchy was asked
   * @param file {@link #CASES}, {@link #FUZZ} or {@link #FRESH}
   */
  record Recording(String kernel, String controller, String file) {

    /** What kind of cases it has: {@code fuzz}. */
    String kind() {
      return file.substring(0, file.indexOf('.'));
    }

    /**
     * The cases that can be compared. Kernels before 5.9 act on a write of no bytes, which never
     * reaches a FUSE server: there the cases with one are left out.
     */
    List<Case> cases() {
      List<Case> cases = new ArrayList<>(read("%s/%s/%s".formatted(kernel, controller, file)));
      if (actsOnEmptyWrites()) {
        cases.removeIf(Case::writesNothing);
      }
      return cases;
    }

    private boolean actsOnEmptyWrites() {
      String[] version = kernel.substring(kernel.indexOf('-') + 1).split("\\.", -1);
      int major = Integer.parseInt(version[0]);
      int minor = Integer.parseInt(version[1]);
      return major < EMPTY_WRITES_END[0]
          || (major == EMPTY_WRITES_END[0] && minor < EMPTY_WRITES_END[1]);
    }

    @Override
    public String toString() {
      return "%s %s %s".formatted(kernel, controller, kind());
    }
  }
}
