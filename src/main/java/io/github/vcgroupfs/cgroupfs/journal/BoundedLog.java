package io.github.vcgroupfs.cgroupfs.journal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.List;

/** Keeps the newest entries, up to a fixed number. The newest is last. Thread-safe. */
final class BoundedLog {
  private final int maxEntries;

  @GuardedBy("this")
  private final ArrayDeque<JournalEntry> entries = new ArrayDeque<>(4);

  BoundedLog(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  synchronized void add(JournalEntry entry) {
    if (entries.size() == maxEntries) {
      entries.removeFirst();
    }
    entries.addLast(entry);
  }

  /** A line each, of those that the reader may see. */
  String text(LogReader reader) {
    StringBuilder text = new StringBuilder();
    for (JournalEntry entry : snapshot()) {
      if (reader.maySee(entry.about())) {
        text.append(entry.text(reader)).append('\n');
      }
    }
    return text.toString();
  }

  private synchronized List<JournalEntry> snapshot() {
    return List.copyOf(entries);
  }
}
