package io.github.vcgroupfs.os;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What we need of {@code /proc/TID/status}. Immutable.
 *
 * @param tid the thread
 * @param tgid its process
 * @param uid its real user id
 * @param savedUid its saved user id
 * @param nsPids its ids from our pid namespace down to its own; one if it is in ours
 */
public record TaskStatus(int tid, int tgid, int uid, int savedUid, List<Integer> nsPids) {

  /** Parses the file, or gives null if it is none. */
  static @Nullable TaskStatus parse(byte[] file, int length) {
    String text = new String(file, 0, length, StandardCharsets.ISO_8859_1);
    List<Integer> tgid = numbers(text, "Tgid:");
    List<Integer> pid = numbers(text, "Pid:");
    List<Integer> uids = numbers(text, "Uid:");
    if (tgid.isEmpty() || pid.isEmpty() || uids.size() < 3) {
      return null;
    }
    List<Integer> nsPids = numbers(text, "NSpid:"); // since Linux 4.1
    return new TaskStatus(
        pid.get(0), tgid.get(0), uids.get(0), uids.get(2), nsPids.isEmpty() ? pid : nsPids);
  }

  /** Whether this task counts processes otherwise than we do. */
  public boolean isInOtherPidNamespace() {
    return nsPids.size() > 1;
  }

  /** Its id in its own pid namespace. */
  int ownId() {
    return nsPids.get(nsPids.size() - 1);
  }

  private static List<Integer> numbers(String text, String key) {
    // The name stands before all others and cannot hold a newline: it is escaped.
    int at = text.indexOf("\n" + key);
    if (at < 0) {
      return List.of();
    }
    int from = at + 1 + key.length();
    int end = text.indexOf('\n', from);
    String values = text.substring(from, end < 0 ? text.length() : end).strip();
    return Stream.of(values.split("\\s+"))
        .filter(value -> !value.isEmpty())
        .map(Integer::parseUnsignedInt)
        .toList();
  }
}
