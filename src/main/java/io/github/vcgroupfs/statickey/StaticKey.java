package io.github.vcgroupfs.statickey;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A switch that is on while it has users. Compiled code sees it as a constant, so asking costs
 * nothing.
 *
 * <p>Keep it in a {@code static final} field. Only then does the JIT compiler replace {@link
 * #isEnabled()} by its value. (It is a record because HotSpot trusts the final fields of records as
 * it trusts static ones. A plain class would cost a load and a call.)
 *
 * <p><b>Concurrency:</b> any thread may call {@link #increment()} and {@link #decrement()}. If an
 * {@code increment} turns the key on, every thread sees that before the call returns: {@code
 * setTarget} writes the call site, and {@code syncAll} makes every thread see it. So a group that
 * becomes active after its increment is never seen active by a thread that still runs the code
 * compiled for "off" (kernel: {@code static_key_slow_inc} before {@code MEMCG_SOCK_ACTIVE}).
 *
 * @param site the call site whose target is the constant
 * @param invoker what {@link #isEnabled()} calls
 * @param users how many users there are; a change that turns the key on or off is made under the
 *     monitor of {@code site}
 */
public record StaticKey(MutableCallSite site, MethodHandle invoker, AtomicLong users) {
  // Methods, and no MethodHandles.constant: the JVM would make a dozen classes for that at the
  // start.
  private static final MethodHandle ON = method("yes");
  private static final MethodHandle OFF = method("no");

  /** A new key without users, so it is off. */
  public static StaticKey off() {
    MutableCallSite site = new MutableCallSite(OFF);
    return new StaticKey(site, site.dynamicInvoker(), new AtomicLong());
  }

  /** Whether the key has users. Compiled code sees a constant. */
  public boolean isEnabled() {
    try {
      return (boolean) invoker.invokeExact();
    } catch (Throwable impossible) {
      throw new AssertionError("a constant method handle does not throw", impossible);
    }
  }

  /**
   * Adds a user. The first one turns the key on: code compiled for "off" is thrown away, which
   * takes milliseconds.
   */
  public void increment() {
    // The usual case, a key that is on already, is one atomic step and no lock.
    if (users.getAndUpdate(now -> now > 0 ? now + 1 : now) > 0) {
      return;
    }
    synchronized (site) {
      if (users.get() == 0) {
        flip(ON);
      }
      users.incrementAndGet();
    }
  }

  /**
   * Takes a user away. After the last one the key is off: code compiled for "on" is thrown away.
   *
   * @throws IllegalStateException if the key has no users; then a caller has a defect
   */
  public void decrement() {
    if (users.getAndUpdate(now -> now > 1 ? now - 1 : now) > 1) {
      return;
    }
    synchronized (site) {
      long left = users.updateAndGet(now -> Math.max(now - 1, -1));
      if (left < 0) {
        users.set(0);
        throw new IllegalStateException("static key decremented without a user");
      }
      if (left == 0) {
        flip(OFF);
      }
    }
  }

  private static MethodHandle method(String name) {
    try {
      return MethodHandles.lookup()
          .findStatic(StaticKey.class, name, MethodType.methodType(boolean.class));
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("a method of this class is missing: " + name, impossible);
    }
  }

  @SuppressWarnings("unused") // by name, above
  private static boolean yes() {
    return true;
  }

  @SuppressWarnings("unused") // by name, above
  private static boolean no() {
    return false;
  }

  private void flip(MethodHandle target) {
    site.setTarget(target);
    MutableCallSite.syncAll(new MutableCallSite[] {site});
  }
}
