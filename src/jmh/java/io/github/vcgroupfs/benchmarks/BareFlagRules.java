package io.github.vcgroupfs.benchmarks;

import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.kernel.TcpMemLimits;
import io.github.vcgroupfs.memcg.MemoryGlobals;
import io.github.vcgroupfs.memcg.tcp.TcpMachine;

/** {@code FlagSockMemory} without the groups: see {@link BareSock}. */
final class BareFlagRules extends BareRules {
  private final boolean missingPartOnly;

  BareFlagRules(MemoryGlobals memory) {
    super(memory);
    this.missingPartOnly = constants().has(TcpFeature.CHARGES_MISSING_PART);
  }

  @Override
  boolean schedule(BareSock sk, int sizeBytes, BareSock.Way direction) {
    int size = missingPartOnly ? sizeBytes - sk.forwardAlloc() : sizeBytes;
    int nrPages = (int) Pages.ofBytesUp(size);
    sk.addForwardAlloc(nrPages * Pages.SIZE_BYTES);
    long allocated = machine().addPages(nrPages);
    if (decide(sk, direction, allocated)) {
      return true;
    }
    if (direction == BareSock.Way.SEND) {
      sk.moderateSndbuf();
      if (sk.wmemQueued() + size >= sk.sndbuf()) {
        return true;
      }
    }
    sk.addForwardAlloc(-nrPages * Pages.SIZE_BYTES);
    machine().addPages(-nrPages);
    return false;
  }

  private boolean decide(BareSock sk, BareSock.Way direction, long allocated) {
    TcpMachine machine = machine();
    TcpMemLimits limits = machine.memPages();
    if (allocated <= limits.min()) {
      machine.leaveMemoryPressure();
      return true;
    }
    if (allocated > limits.pressure()) {
      machine.enterMemoryPressure();
    }
    if (allocated > limits.max()) {
      return false;
    }
    return isGuaranteed(sk, direction)
        || !machine.pressure().isOn()
        || isModest(sk, limits.max(), machine.socketsAllocated());
  }
}
