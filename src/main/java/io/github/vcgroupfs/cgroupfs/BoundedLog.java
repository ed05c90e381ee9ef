package io.github.vcgroupfs.cgroupfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.List;

/** The newest entries, newest last, at most so many. Thread-safe. */
final class BoundedLog {
  private final int maxEntries;

  @GuardedBy("this")
  private final ArrayDeque<Entry> entries = new ArrayDeque<>(4);

  BoundedLog(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  synchronized void add(Entry entry) {
    if (entries.size() == maxEntries) {
      entries.removeFirst();
    }
    entries.addLast(entry);
  }

  /** A line each. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Entry entry : snapshot()) {
      text.append(entry.text()).append('\n');
    }
    return text.toString();
  }

  private synchronized List<Entry> snapshot() {
    return List.copyOf(entries);
  }
}
