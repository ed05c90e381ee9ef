package io.github.vcgroupfs.metrics;

import io.github.vcgroupfs.watch.Hierarchy;
import io.github.vcgroupfs.watch.Snapshot;
import io.github.vcgroupfs.watch.WatchException;
import io.github.vcgroupfs.watch.WatchState;
import io.github.vcgroupfs.watch.Watcher;
import java.util.Optional;

/** What is scraped: a hierarchy, and what is to be seen of it. Thread-safe. */
public interface Sight {
  /** The hierarchy as it was found last. */
  Hierarchy hierarchy();

  /** What is to be seen now; empty if it cannot be looked at. */
  Optional<Snapshot> now();

  /**
   * What a watcher sees. Scrapes share its looks: how many come, it looks no more often than it
   * would anyway.
   */
  static Sight of(Watcher watcher) {
    return new Sight() {
      @Override
      public Hierarchy hierarchy() {
        return watcher.hierarchy();
      }

      @Override
      public Optional<Snapshot> now() {
        if (watcher.state().kind() == WatchState.Kind.SILENT) {
          return Optional.empty(); // to wait for it once more would cost this scrape its time
        }
        try {
          return Optional.of(watcher.now(watcher.interval()));
        } catch (WatchException cannotBeSeen) {
          return Optional.empty(); // the answer says so: vcgroupfs_up
        } catch (InterruptedException ends) {
          Thread.currentThread().interrupt();
          return Optional.empty();
        }
      }
    };
  }
}
