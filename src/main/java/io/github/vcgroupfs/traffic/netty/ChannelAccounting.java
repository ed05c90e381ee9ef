package io.github.vcgroupfs.traffic.netty;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.sock.SockMemory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Charges Netty channels to the groups of one hierarchy. Thread-safe. */
public final class ChannelAccounting {
  private final SockMemory memory;
  private final Map<MemCgroup, Waiters> waiters = new ConcurrentHashMap<>();

  /** Charges by the rules of the hierarchy's profile. */
  public ChannelAccounting(CgroupTree tree) {
    this.memory = SockMemory.of(tree.controller(MemoryController.class).globals());
    tree.addGroupListener(group -> waiters.remove(MemCgroup.of(group)));
  }

  /**
   * Makes the handler for one new channel. It must be the first one in the pipeline.
   *
   * <p>Whether the channel is charged is decided now: it is if the accounting branch is on. It
   * belongs to the group for life, even if the group is removed. If the handler never gets a
   * channel, close it ({@link AccountedChannel#close}).
   */
  public AccountedChannel newHandler(MemCgroup group) {
    Waiters beside = waiters.computeIfAbsent(group, key -> new Waiters());
    return new AccountedChannel(new ChannelSock(memory.open(group), memory.constants(), beside));
  }
}
