package io.github.vcgroupfs.cgroupfs.core;

import io.github.vcgroupfs.cgroup.EventFd;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.rights.Quota;
import io.github.vcgroupfs.rights.Quotas;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The eventfd of a registration that counts for whoever registered it, from before it was fetched
 * until it is closed. Thread-safe.
 */
final class CountedEventFd implements EventFd {
  private final EventFd fd;
  private final Quotas quotas;
  private final Caller client;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * An eventfd that was fetched. Preconditions: it was taken from the quota.
   *
   * @param client for whom it counts
   */
  CountedEventFd(EventFd fd, Quotas quotas, Caller client) {
    this.fd = fd;
    this.quotas = quotas;
    this.client = client;
  }

  @Override
  public void signal() {
    fd.signal();
  }

  @Override
  public boolean isGone() {
    return fd.isGone();
  }

  @Override
  public void close() {
    fd.close();
    if (!closed.getAndSet(true)) {
      quotas.give(client.uid(), Quota.EVENTS, 1);
    }
  }
}
