package io.github.vcgroupfs.traffic.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledDirectByteBuf;

/**
 * What was read from a socket, charged until its last reference is released: an {@code sk_buff}.
 * Slices of it count as references. The memory is that of a buffer of the channel's allocator.
 */
final class ReceiveBuf extends UnpooledDirectByteBuf {
  private final ByteBuf memory;
  private final ChannelSock charged;
  private final int truesize;

  /**
   * A buffer that was charged.
   *
   * @param truesize what with, bytes
   */
  ReceiveBuf(ByteBuf memory, ChannelSock charged, int truesize) {
    super(memory.alloc(), memory.nioBuffer(0, memory.capacity()), memory.capacity());
    clear(); // a given buffer counts as written
    this.memory = memory;
    this.charged = charged;
    this.truesize = truesize;
  }

  /** Whether a buffer, or what it is a view of, is charged already. */
  static boolean isCharged(ByteBuf buffer) {
    ByteBuf inner = buffer;
    while (inner != null) {
      if (inner instanceof ReceiveBuf) {
        return true;
      }
      inner = inner.unwrap();
    }
    return false;
  }

  @Override
  protected void deallocate() {
    super.deallocate();
    memory.release();
    charged.released(truesize);
  }
}
