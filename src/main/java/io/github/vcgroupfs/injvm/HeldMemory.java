package io.github.vcgroupfs.injvm;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.kernel.CounterEra;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.memcg.CounterKind;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.sock.SockMemory;
import org.jspecify.annotations.Nullable;

/**
 * Memory that a group is charged with as if a process of it used it, until that is released.
 * Thread-safe.
 */
public final class HeldMemory {
  private final MemoryController memory;
  private final MemCgroup group;
  private final CounterKind kind;
  private final long units;

  /** What holds memory of TCP; null for other kinds. */
  private final @Nullable Sock sock;

  @GuardedBy("this")
  private boolean released;

  private HeldMemory(
      MemoryController memory, MemCgroup group, CounterKind kind, long units, @Nullable Sock sock) {
    this.memory = memory;
    this.group = group;
    this.kind = kind;
    this.units = units;
    this.sock = sock;
  }

  /**
   * Charges a group. Memory of TCP is that of a socket with this many bytes in its receive queue.
   *
   * @param bytes how much, 0 or more; rounded up to pages
   * @throws ErrnoException ENOMEM if a limit refuses it, EINVAL for the root or a number below 0,
   *     ENODEV if the group was removed
   */
  public static HeldMemory charge(
      MemoryController memory, MemCgroup group, CounterKind kind, long bytes)
      throws ErrnoException {
    if (bytes < 0) {
      throw new ErrnoException(
          Errno.EINVAL, "%d bytes cannot be used: charge 0 or more".formatted(bytes));
    }
    if (kind == CounterKind.TCP) {
      return new HeldMemory(memory, group, kind, bytes, received(memory, group, bytes));
    }
    CounterEra era = memory.profile().era();
    long units = era.ofPages(-Math.floorDiv(-bytes, Pages.SIZE_BYTES));
    memory.charge(group, kind, units);
    return new HeldMemory(memory, group, kind, units, null);
  }

  private static Sock received(MemoryController memory, MemCgroup group, long bytes)
      throws ErrnoException {
    if (bytes > Integer.MAX_VALUE) {
      throw new ErrnoException(
          Errno.EINVAL, "%d bytes are too many for one socket: charge less".formatted(bytes));
    }
    Sock sock = SockMemory.of(memory.globals()).open(group);
    if (!sock.scheduleReceive((int) bytes)) {
      sock.close();
      throw new ErrnoException(
          Errno.ENOMEM,
          "%d bytes of kmem.tcp do not fit in %s: raise its limit, or charge less"
              .formatted(bytes, group.path()));
    }
    sock.queueReceived((int) bytes);
    return sock;
  }

  /** Gives the memory back. Further calls do nothing. */
  public synchronized void release() throws ErrnoException {
    if (released) {
      return;
    }
    released = true;
    if (sock != null) {
      sock.close();
    } else if (group.isAlive()) {
      memory.uncharge(group, kind, units);
    }
  }
}
