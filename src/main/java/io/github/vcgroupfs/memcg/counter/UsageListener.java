package io.github.vcgroupfs.memcg.counter;

/**
 * Is called after a charge or an uncharge. It is not told by how much usage changed; it reads that
 * itself. It may be called from any thread, and by several at once. It must not block. An exception
 * that it throws reaches whoever charged.
 */
public interface UsageListener {
  /** The usage has changed, or had changed for a moment. */
  void usageChanged();
}
