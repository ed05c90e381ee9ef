package io.github.vcgroupfs.traffic.netty;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.sock.SockMemory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Charges channels to the groups of one hierarchy. Thread-safe. */
public final class ChannelAccounting {
  private final SockMemory memory;
  private final Map<MemCgroup, Waiters> waiters = new ConcurrentHashMap<>();

  /** Accounting by the rules of the hierarchy's profile. */
  public ChannelAccounting(CgroupTree tree) {
    this.memory = SockMemory.of(tree.controller(MemoryController.class).globals());
    tree.addGroupListener(group -> waiters.remove(MemCgroup.of(group)));
  }

  /**
   * A handler for one new channel, the first of its pipeline. The socket is made now: it is
   * accounted if the branch is on now, and belongs to the group for life, also if the group is
   * removed. A handler that never gets a channel must be closed ({@link AccountedChannel#close}).
   */
  public AccountedChannel newHandler(MemCgroup group) {
    Waiters beside = waiters.computeIfAbsent(group, key -> new Waiters());
    return new AccountedChannel(new ChannelSock(memory.open(group), memory.constants(), beside));
  }
}
