package io.github.vcgroupfs.traffic.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Netty asks this class for memory before it reads, and asks it whether to read on. A charge
 * decides both. Used on the event loop of its channel.
 */
final class ReceiveAllocator implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {
  /** Reads before other channels of the event loop get their turn. */
  private static final int MAX_READS = 16;

  private final ChannelSock socket;
  private @Nullable ChannelConfig config;
  private int reads;
  private int attempted;
  private int last;

  /** For one channel. */
  ReceiveAllocator(ChannelSock socket) {
    this.socket = socket;
  }

  @Override
  public ExtendedHandle newHandle() {
    return this;
  }

  @Override
  public ByteBuf allocate(ByteBufAllocator alloc) {
    return socket.allocate(alloc);
  }

  @Override
  public int guess() {
    return socket.readSize();
  }

  @Override
  public void reset(ChannelConfig now) {
    config = now;
    reads = 0;
    last = 0;
  }

  @Override
  public void incMessagesRead(int messages) {
    reads += messages;
  }

  @Override
  public void lastBytesRead(int bytes) {
    last = bytes;
    if (bytes > 0) {
      socket.hasRead(bytes, attempted);
    }
  }

  @Override
  public int lastBytesRead() {
    return last;
  }

  @Override
  public void attemptedBytesRead(int bytes) {
    attempted = bytes;
  }

  @Override
  public int attemptedBytesRead() {
    return attempted;
  }

  @Override
  public boolean continueReading() {
    return continueReading(() -> last == attempted);
  }

  @Override
  public boolean continueReading(UncheckedBooleanSupplier mayBeMore) {
    if (last <= 0 || !socket.prepareNext()) {
      return false;
    }
    ChannelConfig now = config;
    return reads < MAX_READS && now != null && now.isAutoRead() && mayBeMore.get();
  }

  @Override
  public void readComplete() {
    // what was prepared and is not needed goes back when the last of what was read is released
  }
}
