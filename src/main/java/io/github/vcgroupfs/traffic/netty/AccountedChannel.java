package io.github.vcgroupfs.traffic.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;

/**
 * Charges one channel to a group: the first handler of its pipeline. From {@link
 * ChannelAccounting}. It sets the channel's auto-read and its receive allocator; an application
 * that wants to stop reading calls {@link #hold} and {@link #resume}, from any thread.
 */
public final class AccountedChannel extends ChannelDuplexHandler {
  /** Which of the writability bits that Netty leaves to users is ours. */
  private static final int WRITABILITY_INDEX = 31;

  /** Of what is sent, this much data goes into one buffer: 64 KiB. */
  private static final int SEGMENT_BYTES = 1 << 16;

  private final ChannelSock socket;
  private boolean full;

  AccountedChannel(ChannelSock socket) {
    this.socket = socket;
  }

  /**
   * Stops reading, until {@link #resume}. A read that the channel's thread has begun still comes.
   */
  public void hold() {
    socket.holdByApplication(true);
  }

  /** Reads again, as soon as there is memory. */
  public void resume() {
    socket.holdByApplication(false);
  }

  /**
   * Fixes the most that is held of what was read, bytes of truesize. Without, it begins at the
   * profile's {@code tcp_rmem[1]} and grows while there is no pressure.
   */
  public void setReceiveBuffer(int bytes) {
    socket.setRcvbuf(bytes);
  }

  /** From when on the channel is not writable, bytes of truesize. */
  public void setSendBuffer(int bytes) {
    socket.setSndbuf(bytes);
  }

  /** What the channel is charged now. Any thread. */
  public ChannelUsage usage() {
    return socket.usage();
  }

  /** Gives up the socket; a channel that is closed has done so. */
  public void close() {
    socket.close();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    socket.attach(ctx.channel());
    ctx.channel().config().setRecvByteBufAllocator(new ReceiveAllocator(socket));
    ctx.channel().closeFuture().addListener(closed -> socket.close());
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    int truesize = truesize(message);
    if (truesize == 0) {
      ChannelFuture unused = ctx.write(message, promise);
      return;
    }
    if (!socket.queueForSend(truesize)) {
      setFull(ctx, true);
    }
    ChannelPromise known = promise.unvoid();
    ChannelFuture unused = ctx.write(message, known);
    known.addListener(
        written -> {
          if (socket.sent(truesize) && full) {
            setFull(ctx, false);
          }
        });
  }

  private void setFull(ChannelHandlerContext ctx, boolean now) {
    full = now;
    ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
    if (buffer != null) {
      buffer.setUserDefinedWritability(WRITABILITY_INDEX, !now);
    }
  }

  /** What a message is charged with; 0 if it is charged already, or no memory of this process. */
  private static int truesize(Object message) {
    ByteBuf data =
        message instanceof ByteBufHolder holder
            ? holder.content()
            : message instanceof ByteBuf buffer ? buffer : null;
    if (data == null || !data.isReadable() || ReceiveBuf.isCharged(data)) {
      return 0;
    }
    int bytes = data.readableBytes();
    int segments = (bytes + SEGMENT_BYTES - 1) / SEGMENT_BYTES;
    return bytes + segments * ReadSize.OVERHEAD_BYTES;
  }
}
