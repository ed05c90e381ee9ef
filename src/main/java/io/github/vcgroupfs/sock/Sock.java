package io.github.vcgroupfs.sock;

import io.github.vcgroupfs.kernel.ReclaimRule;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryGlobals;
import io.github.vcgroupfs.memcg.counter.PageCounter;
import io.github.vcgroupfs.memcg.tcp.AccountingBranch;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.memcg.tcp.TcpMachine;
import io.github.vcgroupfs.memcg.tcp.TcpMemory;
import org.jspecify.annotations.Nullable;

/**
 * A TCP socket, but only its memory: {@code struct sock}. All sizes are in bytes of truesize, which
 * is data and overhead together. Counters are charged in whole pages. What the socket was charged
 * and does not use is its forward allocation.
 *
 * <p>Whether a socket is charged to its group is decided when it is made, and never changes: {@code
 * sock_update_memcg}. Such a socket is called bound. Not thread-safe: one thread at a time.
 */
public final class Sock {
  /** {@code net.ipv4.tcp_max_orphans} of the machine of the referee: asked. */
  private static final int MAX_ORPHANS = 131_072;

  private final SockMemory rules;
  private final MemCgroup group;

  /** What the group counts; null: the branch was off when the socket was made. */
  private final @Nullable TcpMemory bound;

  /** Whether TCP memory is counted, or the kernel counter alone. */
  private final boolean countsTcp;

  private int forwardAlloc;
  private int rmemAlloc;
  private int wmemQueued;
  private int sndbuf;
  private int rcvbuf;

  // sk_userlocks
  private boolean rcvbufLocked;
  private boolean sndbufLocked;

  /** {@code sk_reserved_mem}: bytes that it keeps, whether it uses them or not. */
  private int reserved;

  private int drops;
  private boolean closed;
  private boolean orphaned;

  Sock(SockMemory rules, MemCgroup group) {
    this.rules = rules;
    this.group = group;
    MemoryGlobals memory = group.globals();
    boolean member = !group.isRoot();
    this.countsTcp = group.accountsNewSockets();
    boolean counted = countsTcp || (member && memory.kmemBranch().isOn());
    this.bound = counted ? group.tcp() : null;
    this.sndbuf = rules.constants().wmem().defaultBytes();
    this.rcvbuf = rules.constants().rmem().defaultBytes();
    memory.machine().addSockets(1);
    if (counted) {
      branch(memory).bound();
      group.tcp().addSockets(1);
    } else {
      count(TcpCounter.SOCKETS_UNACCOUNTED);
    }
  }

  /** The group of the process that made the socket. */
  public MemCgroup group() {
    return group;
  }

  /** Whether the socket is charged to its group. */
  public boolean isAccounted() {
    return bound != null;
  }

  /** {@code sk_forward_alloc}: bytes that are charged and not used yet. */
  public int forwardAlloc() {
    return forwardAlloc;
  }

  /** {@code sk_rmem_alloc}: bytes that the receive queue holds. */
  public int rmemAlloc() {
    return rmemAlloc;
  }

  /** {@code sk_wmem_queued}: bytes that the send queue holds. */
  public int wmemQueued() {
    return wmemQueued;
  }

  /** {@code sk_sndbuf}: the size of the send buffer, in bytes. */
  public int sndbuf() {
    return sndbuf;
  }

  /** {@code sk_rcvbuf}: the size of the receive buffer, in bytes. */
  public int rcvbuf() {
    return rcvbuf;
  }

  /** Sets {@code sk_rcvbuf}, unless the program has. */
  public void setRcvbuf(int bytes) {
    rcvbuf = rcvbufLocked ? rcvbuf : bytes;
  }

  /** Sets {@code sk_sndbuf}, unless the program has. */
  public void setSndbuf(int bytes) {
    sndbuf = sndbufLocked ? sndbuf : bytes;
  }

  /** The program sets SO_RCVBUF, and nobody else does from now on: {@code __sock_set_rcvbuf}. */
  public void lockRcvbuf(int bytes) {
    rcvbuf = rules.constants().rcvbufOf(bytes);
    rcvbufLocked = true;
  }

  /** The program sets SO_SNDBUF, and nobody else does from now on: {@code sock_setsockopt}. */
  public void lockSndbuf(int bytes) {
    sndbuf = rules.constants().sndbufOf(bytes);
    sndbufLocked = true;
  }

  /** Whether the program has set SO_RCVBUF. */
  public boolean isRcvbufLocked() {
    return rcvbufLocked;
  }

  /**
   * The program sets SO_RESERVE_MEM: pages that are charged at once, and kept.
   *
   * @return whether it could be had: not if the socket is not charged, or there is no room
   */
  public boolean reserve(int bytes) {
    return rules.setReserve(this, bytes);
  }

  int reserved() {
    return reserved;
  }

  void addReserved(int bytes) {
    reserved += bytes;
  }

  /** What of the reserve no buffer uses, bytes: {@code sk_unused_reserved_mem}. */
  public int unusedReserve() {
    return reserved == 0 ? 0 : Math.max(0, reserved - wmemQueued - rmemAlloc);
  }

  /** {@code sk_drops}: how many segments were dropped so far. */
  public int drops() {
    return drops;
  }

  /** Counts a segment that was dropped, with the reason. */
  public void countDrop(TcpCounter why) {
    drops++;
    count(why);
  }

  /** Whether the send queue is smaller than sndbuf: {@code sk_stream_memory_free}. */
  public boolean hasSendSpace() {
    return wmemQueued < sndbuf;
  }

  /**
   * Whether at least a third of sndbuf is free: {@code sk_stream_is_writeable}. Then a waiting
   * writer is woken.
   */
  public boolean isWriteable() {
    return sndbuf - wmemQueued >= wmemQueued >> 1;
  }

  /**
   * Gets memory for a send buffer of this size: {@code sk_wmem_schedule}.
   *
   * @return whether there was memory
   */
  public boolean scheduleSend(int sizeBytes) {
    return sizeBytes <= forwardAlloc || schedule(sizeBytes, Direction.SEND);
  }

  /** Gets memory whatever the limits are: {@code sk_forced_mem_schedule}. */
  public void forceSchedule(int sizeBytes) {
    if (sizeBytes > forwardAlloc) {
      rules.forceSchedule(this, sizeBytes);
      machine().pagesChanged();
    }
  }

  /**
   * Puts a buffer on the send queue, with memory that {@link #scheduleSend} got for it: {@code
   * sk_wmem_queued_add}.
   */
  public void queueScheduled(int truesize) {
    forwardAlloc -= truesize;
    wmemQueued += truesize;
  }

  /**
   * Gets memory for a send buffer and puts it on the send queue.
   *
   * @return whether there was memory; if not, nothing is queued
   */
  public boolean queueForSend(int truesize) {
    if (!scheduleSend(truesize)) {
      return false;
    }
    queueScheduled(truesize);
    return true;
  }

  private boolean schedule(int sizeBytes, Direction direction) {
    boolean granted = rules.schedule(this, sizeBytes, direction);
    if (granted) {
      machine().pagesChanged();
    }
    return granted;
  }

  /** A send buffer was acknowledged, so it is not needed any more: {@code sk_wmem_free_skb}. */
  public void freeSent(int truesize) {
    wmemQueued -= truesize;
    uncharge(truesize);
  }

  /**
   * Gets memory for a segment that arrived: {@code sk_rmem_schedule}.
   *
   * @return whether there was memory
   */
  public boolean scheduleReceive(int truesize) {
    return truesize <= forwardAlloc || schedule(truesize, Direction.RECEIVE);
  }

  /**
   * Puts a segment on the receive queue, with memory that {@link #scheduleReceive} got for it:
   * {@code skb_set_owner_r}.
   */
  public void queueReceived(int truesize) {
    rmemAlloc += truesize;
    forwardAlloc -= truesize;
  }

  /** The reader has taken a segment from the receive queue: {@code sock_rfree}. */
  public void freeReceived(int truesize) {
    rmemAlloc -= truesize;
    uncharge(truesize);
  }

  /** {@code sk_mem_uncharge}. */
  private void uncharge(int truesize) {
    forwardAlloc += truesize;
    rules.unused(this);
  }

  /**
   * Gives back all whole pages that are charged and not used: {@code sk_mem_reclaim}. From 6.0 on
   * no timer and no pruning does: what is left over stays until a buffer is freed.
   */
  public void reclaim() {
    if (keepsUnused()) {
      rules.reclaim(this);
    }
  }

  private boolean keepsUnused() {
    return rules.constants().reclaim() != ReclaimRule.AT_ONCE;
  }

  /**
   * Gives back whole pages that are charged and not used, but always keeps at least one byte:
   * {@code sk_mem_reclaim_partial}. Called by the timer for delayed ACKs.
   */
  public void reclaimPartially() {
    if (keepsUnused()) {
      rules.reclaimPartially(this);
    }
  }

  /** {@code sk_under_memory_pressure}: windows and buffers must not grow. */
  public boolean underPressure() {
    return rules.underPressure(this);
  }

  /**
   * Whether TCP memory is below {@code tcp_mem[0]}. Where groups have a {@code tcp_mem} of their
   * own, it is the group's.
   */
  public boolean isBelowFirstThreshold() {
    return rules.isBelowFirstThreshold(this);
  }

  /**
   * Whether so much memory is used that a closed socket has to go, unless it holds next to nothing:
   * {@code tcp_out_of_memory}.
   */
  public boolean isOutOfMemory() {
    return wmemQueued > rules.constants().minSndbufBytes() && rules.isAboveThirdThreshold(this);
  }

  /** {@code tcp_too_many_orphans}. */
  public boolean areTooManyOrphans() {
    return machine().orphans() > MAX_ORPHANS;
  }

  /** Its program has closed it, but it is not over: {@code sock_orphan}. */
  public void orphan() {
    if (!orphaned && !closed) {
      orphaned = true;
      rules.addOrphans(group, 1);
    }
  }

  /** Counts an end in TIME_WAIT that was this socket, or one less. */
  public void addTimeWait(int more) {
    rules.addTimeWaits(group, more);
  }

  /** There was no memory for a send buffer: {@code sk_stream_moderate_sndbuf}. */
  void moderateSndbuf() {
    count(TcpCounter.SEND_REFUSED);
    int half = Math.max(Math.min(sndbuf, wmemQueued / 2), unusedReserve());
    setSndbuf(Math.max(half, rules.constants().minSndbufBytes()));
  }

  /** Counts one event. */
  public void count(TcpCounter counter) {
    count(counter, 1);
  }

  /** Counts several events, for the group and for the machine. */
  public void count(TcpCounter counter, long events) {
    machine().stats().count(counter, events);
    if (!group.isRoot()) {
      group.tcp().stats().count(counter, events);
    }
  }

  /** Gives all memory back: {@code sk_stream_kill_queues}. Further calls do nothing. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    reserved = 0;
    forwardAlloc += rmemAlloc + wmemQueued;
    rmemAlloc = 0;
    wmemQueued = 0;
    rules.reclaim(this);
    machine().addSockets(-1);
    if (orphaned) {
      rules.addOrphans(group, -1);
    }
    if (bound != null) {
      bound.addSockets(-1);
      branch(group.globals()).unbound();
    }
  }

  /**
   * What the group counts, or null if the socket is not accounted. This is the one place that asks
   * the static keys: a bound socket keeps its key on, so while both are off no socket is bound, and
   * compiled code has nothing here.
   */
  @Nullable TcpMemory bound() {
    return AccountingBranch.TCP.isEnabled() || AccountingBranch.KMEM.isEnabled() ? bound : null;
  }

  TcpMachine machine() {
    return rules.machine();
  }

  void addForwardAlloc(int bytes) {
    forwardAlloc += bytes;
  }

  /** The counter of the group that refused, or null: charged, or not accounted. */
  @Nullable PageCounter tryChargeGroup(long nrPages) {
    return GroupCharge.tryCharge(bound(), countsTcp, nrPages);
  }

  /** Charges the group whatever its limits, if the socket is accounted. */
  void chargeGroup(long nrPages) {
    GroupCharge.charge(bound(), countsTcp, nrPages);
  }

  /** Gives pages back to the group, if the socket is accounted. */
  void unchargeGroup(long nrPages) {
    GroupCharge.uncharge(bound(), countsTcp, nrPages);
  }

  private AccountingBranch branch(MemoryGlobals memory) {
    return countsTcp ? memory.tcpBranch() : memory.kmemBranch();
  }
}
