package io.github.vcgroupfs.traffic.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;

/**
 * Charges one Netty channel to a group. It is the first handler of the channel's pipeline; {@link
 * ChannelAccounting} makes it. It controls the channel's auto-read and its receive allocator. An
 * application that wants to stop reading calls {@link #hold} and {@link #resume} instead, from any
 * thread.
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
   * Stops reading until {@link #resume}. If the channel's thread has already begun to read, that
   * data still arrives.
   */
  public void hold() {
    socket.holdByApplication(true);
  }

  /** Reads again as soon as there is memory. */
  public void resume() {
    socket.holdByApplication(false);
  }

  /**
   * Sets how much received data may be held, in bytes of truesize. If it is never set, it starts at
   * the profile's {@code tcp_rmem[1]} and grows while there is no pressure.
   */
  public void setReceiveBuffer(int bytes) {
    socket.setRcvbuf(bytes);
  }

  /**
   * Sets how much may wait to be sent before the channel is not writable any more, in bytes of
   * truesize.
   */
  public void setSendBuffer(int bytes) {
    socket.setSndbuf(bytes);
  }

  /** What the channel is charged now. Any thread. */
  public ChannelUsage usage() {
    return socket.usage();
  }

  /** Closes the socket of the model. Closing the channel does this, too. */
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
