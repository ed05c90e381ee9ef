package io.github.vcgroupfs.memcg.tcp;

import io.github.vcgroupfs.statickey.StaticKey;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says whether new sockets of a hierarchy are charged to their groups. It counts the groups that
 * need that, and how often it was turned on or off. The {@link StaticKey} behind it is shared by
 * the whole JVM and only makes compiled code fast; whether a new socket is charged depends on this
 * count.
 *
 * <p>A socket made while the branch was on keeps the key on for as long as it lives. So what it was
 * charged is uncharged even after the last group has lost its limit.
 *
 * <p><b>Concurrency:</b> users change under the hierarchy's lock. Sockets come and go on any
 * thread. Reads are volatile. The key is on before {@link #isOn()} can be true (kernel: {@code
 * tcp_update_limit}).
 */
public final class AccountingBranch {
  /**
   * On while any hierarchy of this JVM accounts TCP memory, or a socket that it charges is alive.
   */
  public static final StaticKey TCP = StaticKey.off();

  /** The same for hierarchies and sockets that charge kernel memory but no TCP memory. */
  public static final StaticKey KMEM = StaticKey.off();

  private final StaticKey key;
  private final AtomicLong users = new AtomicLong();
  private final AtomicLong flips = new AtomicLong();

  /**
   * A branch without users.
   *
   * @param key the key that is on while this branch has users
   */
  public AccountingBranch(StaticKey key) {
    this.key = key;
  }

  /** Whether sockets made now are charged to their groups. */
  public boolean isOn() {
    return users.get() > 0;
  }

  /** The number of users: groups that need the branch. */
  public long users() {
    return users.get();
  }

  /** How often the branch was turned on or off. */
  public long flips() {
    return flips.get();
  }

  /**
   * Adds a user, or takes one away.
   *
   * @param more true to add one
   */
  public void count(boolean more) {
    if (more) {
      enter();
    } else {
      leave();
    }
  }

  /** Adds a user. The first one may turn the key on; then compiled code is thrown away. */
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

  /** A socket was made that is charged to its group. */
  public void bound() {
    key.increment();
  }

  /** A socket that was charged to its group was closed. */
  public void unbound() {
    key.decrement();
  }

  @Override
  public String toString() {
    return "%s users=%d flips=%d".formatted(isOn() ? "on" : "off", users(), flips());
  }
}
