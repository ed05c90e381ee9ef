package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@code /proc/TID/status} that this program needs: ids and rights of a thread.
 * Immutable.
 *
 * @param tid the id of the thread
 * @param tgid the id of its process
 * @param uids its user ids
 * @param gids its group ids
 * @param groups its supplementary groups
 * @param capabilities its effective capabilities, one bit for each, in its own user namespace
 * @param nsPids its ids, from our pid namespace down to its own; only one if it is in ours
 */
public record TaskStatus(
    int tid,
    int tgid,
    Ids uids,
    Ids gids,
    Set<Integer> groups,
    long capabilities,
    List<Integer> nsPids) {
  private static final Path SELF = Path.of("/proc/self/status");

  // include/uapi/linux/capability.h
  private static final int CAP_DAC_OVERRIDE = 1;
  private static final int CAP_DAC_READ_SEARCH = 2;

  private static final int READ = 4;

  /** The status of a thread; copies the lists. */
  public TaskStatus {
    groups = Set.copyOf(groups);
    nsPids = List.copyOf(nsPids);
  }

  /**
   * The four user ids, or group ids, of a thread.
   *
   * @param real who started it
   * @param effective whose rights it has
   * @param saved whose rights it may take again
   * @param fileSystem whose rights count when it uses files
   */
  public record Ids(int real, int effective, int saved, int fileSystem) {
    private static final int COUNT = 4;

    private static Ids of(List<Integer> numbers) {
      return new Ids(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
    }
  }

  /** Of this process. */
  static TaskStatus self() {
    try {
      TaskStatus self = parse(new String(Files.readAllBytes(SELF), ISO_8859_1));
      if (self == null) {
        throw new IOException("it is no status of a task");
      }
      return self;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + SELF, e);
    }
  }

  /** Parses the text of the file. Null if it is something else. */
  public static @Nullable TaskStatus parse(String text) {
    List<Integer> tgid = numbers(text, "Tgid:");
    List<Integer> pid = numbers(text, "Pid:");
    List<Integer> uids = numbers(text, "Uid:");
    List<Integer> gids = numbers(text, "Gid:");
    if (tgid.isEmpty() || pid.isEmpty() || uids.size() < Ids.COUNT || gids.size() < Ids.COUNT) {
      return null;
    }
    List<Integer> nsPids = numbers(text, "NSpid:"); // since Linux 4.1
    String capabilities = value(text, "CapEff:");
    return new TaskStatus(
        pid.get(0),
        tgid.get(0),
        Ids.of(uids),
        Ids.of(gids),
        Set.copyOf(numbers(text, "Groups:")),
        capabilities.isEmpty() ? 0 : Long.parseUnsignedLong(capabilities, 16),
        nsPids.isEmpty() ? pid : nsPids);
  }

  /**
   * Whether this thread is in another pid namespace than this program, so that it sees other
   * process ids.
   */
  public boolean isInOtherPidNamespace() {
    return nsPids.size() > 1;
  }

  /**
   * Whether it has a capability in its own user namespace.
   *
   * @param capability its number in {@code include/uapi/linux/capability.h}
   */
  public boolean has(int capability) {
    return (capabilities >>> capability & 1) == 1;
  }

  /** Whether it may read whatever the permission bits say. */
  public boolean overridesModes() {
    return has(CAP_DAC_OVERRIDE) || has(CAP_DAC_READ_SEARCH);
  }

  /** Whether the permission bits allow it to read: {@code fs/namei.c acl_permission_check}. */
  public boolean mayRead(int mode, int owner, int group) {
    boolean member = gids.fileSystem() == group || groups.contains(group);
    int shift = uids.fileSystem() == owner ? 6 : member ? 3 : 0;
    return (mode >>> shift & READ) != 0;
  }

  private static List<Integer> numbers(String text, String key) {
    // Without streams and patterns: it is on the way of every start.
    List<Integer> numbers = new ArrayList<>();
    for (String value : value(text, key).replace('\t', ' ').split(" ", -1)) {
      if (!value.isEmpty()) {
        numbers.add(Integer.parseUnsignedInt(value));
      }
    }
    return numbers;
  }

  private static String value(String text, String key) {
    // The name stands before all others and cannot hold a newline: it is escaped.
    int at = text.indexOf("\n" + key);
    if (at < 0) {
      return "";
    }
    int from = at + 1 + key.length();
    int end = text.indexOf('\n', from);
    return text.substring(from, end < 0 ? text.length() : end).strip();
  }
}
