package io.github.vcgroupfs.watch;

/**
 * Somebody who looks. Called on the thread of the {@link Watcher}, one call after the other: it
 * must not wait for anybody, for the others wait for it.
 */
@FunctionalInterface
public interface Viewer {
  /** There is something newer to see. */
  void saw(Snapshot snapshot);

  /** The hierarchy can be seen again, or no longer. */
  default void changed(WatchState state) {}
}
