package io.github.vcgroupfs.sock;

import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.kernel.TcpMemLimits;
import io.github.vcgroupfs.memcg.MemoryGlobals;
import io.github.vcgroupfs.memcg.counter.PageCounter;
import io.github.vcgroupfs.memcg.tcp.TcpMachine;
import io.github.vcgroupfs.memcg.tcp.TcpMemory;
import org.jspecify.annotations.Nullable;

/**
 * Scheduling as the patch set of 2011 has it ({@code net/core/sock.c __sk_mem_schedule}, v9 3/9),
 * read as the article describes it:
 *
 * <ul>
 *   <li>Unlike Linux (the patch), a success over the limit is charged; the patch left it uncharged,
 *       and later releases drove the counter below zero.
 *   <li>Unlike Linux (the patch), a bound socket also answers to the machine's {@code tcp_mem}, and
 *       a group over its limit does not put the machine under pressure (rulings.md, socket
 *       pressure).
 * </ul>
 */
final class PatchSockMemory extends SockMemory {
  PatchSockMemory(MemoryGlobals memory) {
    super(memory);
  }

  @Override
  boolean schedule(Sock sk, int sizeBytes, Direction direction) {
    int nrPages = (int) Pages.ofBytesUp(sizeBytes);
    sk.addForwardAlloc(nrPages * Pages.SIZE_BYTES);
    long onMachine = machine().addPages(nrPages);
    PageCounter refused = sk.tryChargeGroup(nrPages);
    if (decide(sk, direction, onMachine, refused)) {
      return true;
    }
    if (blocksAnyway(sk, sizeBytes, direction)) {
      if (refused != null) {
        sk.chargeGroup(nrPages);
      }
      return true;
    }
    unreserve(sk, nrPages);
    if (refused == null) {
      sk.unchargeGroup(nrPages);
    }
    return false;
  }

  /** Steps 3 to 8 of the algorithm: thresholds, pressure, and what is granted all the same. */
  private boolean decide(
      Sock sk, Direction direction, long onMachine, @Nullable PageCounter refused) {
    TcpMachine machine = machine();
    TcpMemory group = sk.bound();
    TcpMemLimits all = machine.memPages();
    TcpMemLimits own = group == null ? all : group.memPages();
    long allocated = group == null ? onMachine : group.memoryAllocated();
    boolean over = refused != null || allocated > own.max() || onMachine > all.max();
    if (group != null) {
      if (refused == null && allocated <= own.min()) {
        group.leaveMemoryPressure();
      } else if (refused != null || allocated > own.pressure()) {
        group.enterMemoryPressure(refused);
      }
    }
    if (onMachine > all.pressure()) {
      machine.enterMemoryPressure();
    } else if (onMachine <= all.min()) {
      machine.leaveMemoryPressure();
    }
    return !over
        && (isGuaranteed(sk, direction)
            || !sk.underPressure()
            || isModest(sk, own.max(), socketsBeside(sk)));
  }

  /** The patch set has no forced scheduling; what must not fail is charged over the limit. */
  @Override
  void forceSchedule(Sock sk, int sizeBytes) {
    int nrPages = (int) Pages.ofBytesUp(sizeBytes);
    sk.addForwardAlloc(nrPages * Pages.SIZE_BYTES);
    machine().addPages(nrPages);
    sk.chargeGroup(nrPages);
  }

  /** rulings.md, socket pressure: the group's own pressure, or that of an ancestor. */
  @Override
  boolean underPressure(Sock sk) {
    TcpMemory group = sk.bound();
    return machine().pressure().isOn() || (group != null && group.underPressure());
  }

  @Override
  boolean isBelowFirstThreshold(Sock sk) {
    return isOwnBelowFirstThreshold(sk);
  }

  @Override
  boolean isAboveThirdThreshold(Sock sk) {
    return isOwnAboveThirdThreshold(sk);
  }
}
