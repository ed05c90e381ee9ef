package io.github.vcgroupfs.watch;

import java.util.List;

/** Finds out which lines of a log are new since the last look. Not thread-safe. */
public final class JournalTail {
  private List<JournalLine> seen = List.of();

  /**
   * The lines that have come since the last call, the newest last. In the first call all are new.
   *
   * @param now the whole log, as it is now; what is old may have been dropped at its beginning
   */
  public List<JournalLine> newLines(List<JournalLine> now) {
    int known = overlap(seen, now);
    seen = List.copyOf(now);
    return now.subList(known, now.size());
  }

  /** How many lines at the beginning of the one list are those at the end of the other. */
  private static int overlap(List<JournalLine> before, List<JournalLine> now) {
    for (int dropped = 0; dropped < before.size(); dropped++) {
      int left = before.size() - dropped;
      if (left <= now.size()
          && before.subList(dropped, before.size()).equals(now.subList(0, left))) {
        return left;
      }
    }
    return 0;
  }
}
