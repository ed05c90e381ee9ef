package io.github.vcgroupfs.top;

import io.github.vcgroupfs.watch.Hierarchy;
import io.github.vcgroupfs.watch.JournalLine;
import io.github.vcgroupfs.watch.WatchException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads the last refusal of the group that is selected, on a thread of its own: a mount may take
 * its time. Who asks for another group meanwhile is told of that one only.
 */
final class Refusals {
  private final Supplier<Hierarchy> hierarchy;
  private final Consumer<Detail> told;
  private final LinkedBlockingDeque<String> asked = new LinkedBlockingDeque<>();

  /**
   * Reads nothing until it is asked.
   *
   * @param hierarchy as it was found last
   * @param told gets what was read, on another thread
   */
  Refusals(Supplier<Hierarchy> hierarchy, Consumer<Detail> told) {
    this.hierarchy = hierarchy;
    this.told = told;
  }

  void start() {
    Thread thread = new Thread(this::run, "vcgroupfs-top-why");
    thread.setDaemon(true);
    thread.start();
  }

  /** Asks for a group. Does not wait. */
  void ask(String group) {
    asked.clear();
    asked.add(group);
  }

  private void run() {
    try {
      while (true) {
        told.accept(read(hierarchy.get(), asked.take()));
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads it now. */
  static Detail read(Hierarchy hierarchy, String group) {
    if (!hierarchy.isOurs()) {
      return unknown(group, "a kernel keeps no record of what it refuses");
    }
    if (hierarchy.isStrict()) {
      return unknown(group, "a mount with --strict has no sim.why, as a kernel has none");
    }
    try {
      return new Detail(group, last(hierarchy.why(group)), Optional.empty());
    } catch (WatchException gone) {
      return unknown(group, String.valueOf(gone.getMessage()));
    }
  }

  private static Detail unknown(String group, String why) {
    return new Detail(group, Optional.empty(), Optional.of(why));
  }

  private static Optional<String> last(List<JournalLine> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).isRefusal()) {
        return Optional.of(lines.get(i).text());
      }
    }
    return Optional.empty();
  }
}
