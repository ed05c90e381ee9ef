package io.github.vcgroupfs.sock;

import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.kernel.TcpConstants;
import io.github.vcgroupfs.memcg.Hierarchy;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.TcpMachine;
import io.github.vcgroupfs.memcg.TcpMemory;

/**
 * Makes the sockets of a hierarchy and decides about their memory, by the profile's algorithm. What
 * a kernel version changes about scheduling and reclaim is a subclass. Thread-safe: it has no state
 * of its own.
 */
public abstract class SockMemory {
  private final TcpMachine machine;
  private final TcpConstants constants;

  SockMemory(Hierarchy tree) {
    this.machine = tree.machine();
    this.constants = tree.profile().tcp();
  }

  /** The rules of a hierarchy's profile. */
  public static SockMemory of(Hierarchy tree) {
    return switch (tree.profile().tcp().schedule()) {
      case PATCH_2011 -> new PatchSockMemory(tree);
    };
  }

  /** A new socket of a task in that group: {@code tcp_v4_init_sock}. */
  public final Sock open(MemCgroup group) {
    return new Sock(this, group);
  }

  /** The profile's constants. */
  public final TcpConstants constants() {
    return constants;
  }

  /** The machine-wide counters. */
  final TcpMachine machine() {
    return machine;
  }

  /**
   * Adds at least that much to a socket's forward alloc: {@code __sk_mem_schedule}.
   *
   * @param sizeBytes more than the forward alloc of now
   * @return whether there was memory; if not, nothing changed but what refusing counts
   */
  abstract boolean schedule(Sock sk, int sizeBytes, Direction direction);

  /** {@code sk_mem_reclaim}. */
  void reclaim(Sock sk) {
    if (sk.forwardAlloc() >= Pages.SIZE_BYTES) {
      giveBack(sk, sk.forwardAlloc() / Pages.SIZE_BYTES);
    }
  }

  /** {@code sk_mem_reclaim_partial}. */
  void reclaimPartially(Sock sk) {
    if (sk.forwardAlloc() > Pages.SIZE_BYTES) {
      giveBack(sk, (sk.forwardAlloc() - 1) / Pages.SIZE_BYTES);
    }
  }

  /** {@code __sk_mem_reclaim}: pressure ends here too, once there is room again. */
  private void giveBack(Sock sk, int nrPages) {
    sk.addForwardAlloc(-nrPages * Pages.SIZE_BYTES);
    machine.addPages(-nrPages);
    machine.pagesChanged();
    sk.unchargeGroup(nrPages);
    TcpMemory group = sk.bound();
    if (group != null
        && group.underPressure()
        && group.memoryAllocated() < group.memPages().min()) {
      group.leaveMemoryPressure();
    }
    if (machine.pressure().isOn() && machine.memoryAllocated() < machine.memPages().min()) {
      machine.leaveMemoryPressure();
    }
  }
}
