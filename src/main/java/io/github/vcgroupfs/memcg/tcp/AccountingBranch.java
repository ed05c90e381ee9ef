package io.github.vcgroupfs.memcg.tcp;

import io.github.vcgroupfs.statickey.StaticKey;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A static branch as one hierarchy sees it: how many groups use it, and how often it was flipped.
 * The JVM-wide {@link StaticKey} behind it is only the fold; binding asks this count.
 *
 * <p>A socket that was bound while the branch was on keeps the fold on for as long as it lives, so
 * that what it was charged is uncharged even after the last group has lost its limit.
 *
 * <p><b>Concurrency:</b> users change under the hierarchy's lock; sockets come and go on any
 * thread; reads are volatile. The key is on before {@link #isOn()} can be true (kernel: {@code
 * tcp_update_limit}).
 */
public final class AccountingBranch {
  /** On while any hierarchy of this JVM accounts TCP memory, or a socket so bound lives. */
  public static final StaticKey TCP = StaticKey.off();

  /** The same for the kernel counter alone. */
  public static final StaticKey KMEM = StaticKey.off();

  private final StaticKey key;
  private final AtomicLong users = new AtomicLong();
  private final AtomicLong flips = new AtomicLong();

  /** A branch without users that folds with that key. */
  public AccountingBranch(StaticKey key) {
    this.key = key;
  }

  /** Whether sockets made now are bound. */
  public boolean isOn() {
    return users.get() > 0;
  }

  /** Groups that use the branch. */
  public long users() {
    return users.get();
  }

  /** How often it went on or off. */
  public long flips() {
    return flips.get();
  }

  /** A user more or less. */
  public void count(boolean more) {
    if (more) {
      enter();
    } else {
      leave();
    }
  }

  /** A user more. May flip the key, which deoptimises compiled code. */
  public void enter() {
    key.increment();
    if (users.getAndIncrement() == 0) {
      flips.incrementAndGet();
    }
  }

  /** A user less. May flip the key, which deoptimises compiled code. */
  void leave() {
    if (users.decrementAndGet() == 0) {
      flips.incrementAndGet();
    }
    key.decrement();
  }

  /** A socket was bound. */
  public void bound() {
    key.increment();
  }

  /** A bound socket is gone. */
  public void unbound() {
    key.decrement();
  }

  @Override
  public String toString() {
    return "%s users=%d flips=%d".formatted(isOn() ? "on" : "off", users(), flips());
  }
}
