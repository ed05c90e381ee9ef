package io.github.vcgroupfs.traffic.tcp;

/**
 * Who holds a buffer's head: the sender's retransmit queue and the receiver's copy share it on
 * loopback ({@code skb_shinfo(skb)->dataref}), and while they do nothing is appended to it.
 */
final class Share {
  private int holders = 1;

  void add() {
    holders++;
  }

  void drop() {
    holders--;
  }

  /** {@code skb_cloned}. */
  boolean isShared() {
    return holders > 1;
  }
}
