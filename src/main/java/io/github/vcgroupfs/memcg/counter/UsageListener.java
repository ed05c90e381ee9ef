package io.github.vcgroupfs.memcg.counter;

/**
 * Is told after a charge or an uncharge that the usage of a counter has changed, and looks up
 * itself by how much. It may be called from any thread, by many at once; it must not block, and
 * what it throws is thrown at whoever charged.
 */
public interface UsageListener {
  /** Usage is another one now, or was for a moment. */
  void usageChanged();
}
