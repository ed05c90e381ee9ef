package io.github.vcgroupfs.fuzz;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Places for open descriptors. Thread-safe: threads may share one table. */
final class Handles {
  private final AtomicReferenceArray<Handle> places;

  Handles(int count) {
    places = new AtomicReferenceArray<>(count);
  }

  int count() {
    return places.length();
  }

  /** What is open there, or {@link Handle#NONE}; whoever takes it lets it go. */
  Handle take(int place) {
    Handle handle = places.get(place);
    return handle == null ? Handle.NONE : handle.take();
  }

  /** Puts one there; what was there before is closed. */
  void put(int place, @Nullable Handle handle) {
    Handle before = places.getAndSet(place, handle);
    if (before != null) {
      before.letGo();
    }
  }

  /** Closes all. */
  void clear() {
    for (int i = 0; i < places.length(); i++) {
      put(i, null);
    }
  }
}
