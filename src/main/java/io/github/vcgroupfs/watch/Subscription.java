package io.github.vcgroupfs.watch;

/** That somebody looks. Thread-safe. */
public interface Subscription extends AutoCloseable {
  /** Looks no more. A call that has begun may still come to its end. Again is no harm. */
  @Override
  void close();
}
