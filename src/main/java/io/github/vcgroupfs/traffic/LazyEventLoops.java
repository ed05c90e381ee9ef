package io.github.vcgroupfs.traffic;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The threads of the relays, made with the first relay. That takes a while, and only those who need
 * them wait for it. Thread-safe.
 */
final class LazyEventLoops implements AutoCloseable {
  private final Supplier<EventLoops> maker;

  @GuardedBy("this")
  private @Nullable EventLoops loops;

  LazyEventLoops(Supplier<EventLoops> maker) {
    this.maker = maker;
  }

  synchronized EventLoops get() {
    EventLoops mine = loops;
    if (mine == null) {
      mine = maker.get();
      loops = mine;
    }
    return mine;
  }

  @Override
  public synchronized void close() {
    if (loops != null) {
      loops.close();
    }
  }
}
