package io.github.vcgroupfs.benchmarks;

import io.github.vcgroupfs.memcg.tcp.TcpCounter;

/**
 * The twin without any accounting code: {@link io.github.vcgroupfs.sock.Sock} with every line
 * removed that is there for groups. Line by line the same otherwise, so that what differs in time
 * is accounting. Keep it so.
 */
final class BareSock {
  private final BareRules rules;
  private int forwardAlloc;
  private int reserved;
  private int rmemAlloc;
  private int wmemQueued;
  private int sndbuf;
  private int rcvbuf;
  private int drops;
  private boolean closed;

  BareSock(BareRules rules) {
    this.rules = rules;
    this.sndbuf = rules.constants().wmem().defaultBytes();
    this.rcvbuf = rules.constants().rmem().defaultBytes();
    rules.machine().addSockets(1);
  }

  /** What is scheduled for: {@code Direction}. */
  enum Way {
    SEND,
    RECEIVE
  }

  int forwardAlloc() {
    return forwardAlloc;
  }

  int rmemAlloc() {
    return rmemAlloc;
  }

  int wmemQueued() {
    return wmemQueued;
  }

  int sndbuf() {
    return sndbuf;
  }

  void setSndbuf(int bytes) {
    sndbuf = bytes;
  }

  boolean scheduleSend(int sizeBytes) {
    return sizeBytes <= forwardAlloc || schedule(sizeBytes, Way.SEND);
  }

  void queueScheduled(int truesize) {
    forwardAlloc -= truesize;
    wmemQueued += truesize;
  }

  boolean queueForSend(int truesize) {
    if (!scheduleSend(truesize)) {
      return false;
    }
    queueScheduled(truesize);
    return true;
  }

  private boolean schedule(int sizeBytes, Way direction) {
    boolean granted = rules.schedule(this, sizeBytes, direction);
    if (granted) {
      rules.machine().pagesChanged();
    }
    return granted;
  }

  void freeSent(int truesize) {
    wmemQueued -= truesize;
    uncharge(truesize);
  }

  boolean scheduleReceive(int truesize) {
    return truesize <= forwardAlloc || schedule(truesize, Way.RECEIVE);
  }

  void queueReceived(int truesize) {
    rmemAlloc += truesize;
    forwardAlloc -= truesize;
  }

  void freeReceived(int truesize) {
    rmemAlloc -= truesize;
    uncharge(truesize);
  }

  /** SO_RESERVE_MEM is no accounting: a socket has it, whoever counts. */
  void reserve(int bytes) {
    reserved = bytes;
  }

  int unusedReserve() {
    return reserved == 0 ? 0 : Math.max(0, reserved - wmemQueued - rmemAlloc);
  }

  private void uncharge(int truesize) {
    forwardAlloc += truesize;
    rules.unused(this);
  }

  void countDrop(TcpCounter why) {
    drops++;
    rules.machine().stats().count(why, 1);
  }

  int drops() {
    return drops;
  }

  int rcvbuf() {
    return rcvbuf;
  }

  void close() {
    if (closed) {
      return;
    }
    closed = true;
    reserve(0);
    forwardAlloc += rmemAlloc + wmemQueued;
    rmemAlloc = 0;
    wmemQueued = 0;
    rules.reclaim(this);
    rules.machine().addSockets(-1);
  }

  void moderateSndbuf() {
    rules.machine().stats().count(TcpCounter.SEND_REFUSED, 1);
    sndbuf = Math.max(Math.min(sndbuf, wmemQueued / 2), rules.constants().minSndbufBytes());
  }

  void addForwardAlloc(int bytes) {
    forwardAlloc += bytes;
  }
}
