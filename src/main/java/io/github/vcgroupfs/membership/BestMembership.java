package io.github.vcgroupfs.membership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The most accurate membership that this machine allows without a trace in processes that are not
 * ours: {@link EventMembership} if that is possible, or else {@link ProcMembership}. It chooses
 * when the first process is moved. Until then every process is in the root, and both would say so.
 * So a mount that never sees a process costs neither time nor memory in the kernel.
 *
 * <p><b>Concurrency:</b> thread-safe. It has a lock of its own, which comes before the locks of
 * those two.
 */
public final class BestMembership implements Membership {
  private static final Logger LOG = LoggerFactory.getLogger(BestMembership.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Opening events;
  private volatile Membership current;

  @GuardedBy("lock")
  private boolean chosen;

  /** How listening to the kernel begins. */
  interface Opening {
    /** Begins, or says why not. */
    Membership open() throws IOException;
  }

  /** Reads the real {@code /proc} until it has chosen. */
  public BestMembership(SharedEvents shared) {
    this(new ProcMembership(), () -> EventMembership.open(shared));
  }

  BestMembership(Membership proc, Opening events) {
    this.current = proc;
    this.events = events;
  }

  @Override
  public void attach(Cgroup group, int pid, Scope scope, Caller caller, Consent consent)
      throws ErrnoException {
    chosen().attach(group, pid, scope, caller, consent);
  }

  private Membership chosen() {
    lock.lock();
    try {
      if (!chosen) {
        chosen = true;
        current = events.open();
        LOG.debug("members are told by the events of the kernel");
      }
    } catch (IOException impossible) {
      LOG.debug("members are told from /proc: {}", impossible.getMessage());
    } finally {
      lock.unlock();
    }
    return current;
  }

  @Override
  public int[] list(Cgroup group, Scope scope) {
    return current.list(group, scope);
  }

  @Override
  public Census census() {
    return current.census();
  }

  @Override
  public @Nullable Cgroup groupOf(Cgroup root, int tid) {
    return current.groupOf(root, tid);
  }

  @Override
  public int[] seenBy(Caller reader, int[] ids) {
    return current.seenBy(reader, ids);
  }

  @Override
  public boolean isPopulated(Cgroup group) {
    return current.isPopulated(group);
  }

  @Override
  public void removed(Cgroup group) {
    current.removed(group);
  }

  @Override
  public String describe(int tid) {
    return current.describe(tid);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      chosen = true; // a move that comes later must not begin what nobody ends
      current.close();
    } finally {
      lock.unlock();
    }
  }
}
