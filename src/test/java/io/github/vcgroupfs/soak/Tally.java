package io.github.vcgroupfs.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How much was done of each kind, and what went wrong. Thread-safe. */
final class Tally {
  private static final int MAX_KEPT = 20;

  private final Map<String, LongAdder> done = new ConcurrentSkipListMap<>();
  private final LongAdder errors = new LongAdder();
  private final List<String> kept = new ArrayList<>();

  /** An operation has ended as it should. */
  void count(String kind) {
    done.computeIfAbsent(kind, any -> new LongAdder()).increment();
  }

  /** Something nobody expected. The first ones are printed. */
  void error(String what) {
    errors.increment();
    synchronized (kept) {
      if (kept.size() < MAX_KEPT) {
        kept.add(what);
        System.out.println("unexpected: " + what);
      }
    }
  }

  long errors() {
    return errors.sum();
  }

  long operations() {
    return done.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** The first errors. */
  List<String> kept() {
    synchronized (kept) {
      return List.copyOf(kept);
    }
  }

  /** {@code kind=count}, by kind. */
  String byKind() {
    return done.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue().sum())
        .collect(Collectors.joining(" "));
  }
}
