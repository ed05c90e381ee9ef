package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.vfs.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A channel on a control file whose reads and writes are made by other threads. Thread-safe. */
final class CgroupAsyncChannel extends AsynchronousFileChannel {
  private final OpenChannel opened;
  private final OpenFile file;
  private final ExecutorService executor;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final BlockingCalls calls;

  /**
   * A channel.
   *
   * @param executor whose threads make the calls and tell of their ends
   */
  CgroupAsyncChannel(OpenChannel opened, ExecutorService executor) {
    this.opened = opened;
    this.file = opened.file();
    this.executor = executor;
    this.calls = new BlockingCalls(opened.home(), this::isOpen);
  }

  /** A call with what comes before and after it. */
  private interface Work<T> {
    T run() throws IOException;
  }

  private <T> CompletableFuture<T> start(Work<T> work) {
    CompletableFuture<T> future = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            future.complete(work.run());
          } catch (IOException e) {
            future.completeExceptionally(isOpen() ? e : new AsynchronousCloseException());
          }
        });
    return future;
  }

  private static <T, A> void tell(
      CompletableFuture<T> future,
      @Nullable A attachment,
      CompletionHandler<T, ? super A> handler) {
    var unused = // what a handler throws is its own affair, as in the JDK
        future.whenComplete(
            (result, failure) -> {
              if (failure == null) {
                handler.completed(result, attachment);
              } else {
                handler.failed(failure, attachment);
              }
            });
  }

  private <T> T call(Outcome.Call<T> call) throws IOException {
    T result = calls.make(call);
    if (result == null) {
      throw new AsynchronousCloseException();
    }
    return result;
  }

  private CompletableFuture<Integer> reading(ByteBuffer dst, long position) {
    requirePosition(position);
    if (!opened.readable()) {
      throw new NonReadableChannelException();
    }
    if (dst.isReadOnly()) {
      throw new IllegalArgumentException("Read-only buffer");
    }
    if (!isOpen() || !dst.hasRemaining()) {
      return nothingDone();
    }
    return start(
        () -> {
          byte[] bytes = call(() -> file.pread(position, dst.remaining()));
          dst.put(bytes);
          return bytes.length == 0 ? -1 : bytes.length;
        });
  }

  private CompletableFuture<Integer> writing(ByteBuffer src, long position) {
    requirePosition(position);
    if (!opened.writable()) {
      throw new NonWritableChannelException();
    }
    if (!isOpen() || !src.hasRemaining()) {
      return nothingDone();
    }
    return start(
        () -> {
          byte[] bytes = new byte[src.remaining()];
          src.slice().get(bytes);
          int taken = call(() -> file.pwrite(position, bytes));
          src.position(src.position() + taken);
          return taken;
        });
  }

  /** There is nothing to do, or nobody to do it; a handler is told by a thread of its own. */
  private CompletableFuture<Integer> nothingDone() {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    boolean closedBefore = !isOpen();
    executor.execute(
        () -> {
          if (closedBefore) {
            future.completeExceptionally(new ClosedChannelException());
          } else {
            future.complete(0);
          }
        });
    return future;
  }

  private static void requirePosition(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("Negative position");
    }
  }

  private void requireOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public <A> void read(
      ByteBuffer dst, long position, A attachment, CompletionHandler<Integer, ? super A> handler) {
    requireHandler(handler);
    tell(reading(dst, position), attachment, handler);
  }

  @Override
  public Future<Integer> read(ByteBuffer dst, long position) {
    return reading(dst, position);
  }

  @Override
  public <A> void write(
      ByteBuffer src, long position, A attachment, CompletionHandler<Integer, ? super A> handler) {
    requireHandler(handler);
    tell(writing(src, position), attachment, handler);
  }

  @Override
  public Future<Integer> write(ByteBuffer src, long position) {
    return writing(src, position);
  }

  private static void requireHandler(@Nullable CompletionHandler<?, ?> handler) {
    Objects.requireNonNull(handler, "'handler' is null");
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    return call(() -> file.stat().inode().sizeBytes());
  }

  @Override
  public AsynchronousFileChannel truncate(long size) throws IOException {
    if (size < 0) {
      throw new IllegalArgumentException("Negative size");
    }
    if (!opened.writable()) {
      throw new NonWritableChannelException();
    }
    if (!isOpen()) {
      throw new AsynchronousCloseException(); // not ClosedChannelException: as in the JDK
    }
    if (size < size()) {
      call(
          () -> {
            file.truncate(size);
            return true;
          });
    }
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    requireOpen();
    call(
        () -> {
          file.sync();
          return true;
        });
  }

  @Override
  public <A> void lock(
      long position,
      long size,
      boolean shared,
      A attachment,
      CompletionHandler<FileLock, ? super A> handler) {
    requireHandler(handler);
    tell(locking(position, size, shared), attachment, handler);
  }

  @Override
  public Future<FileLock> lock(long position, long size, boolean shared) {
    return locking(position, size, shared);
  }

  private CompletableFuture<FileLock> locking(long position, long size, boolean shared) {
    requireLockable(shared);
    if (!isOpen()) {
      return CompletableFuture.failedFuture(new ClosedChannelException());
    }
    FileLock lock = locked(position, size, shared);
    return start(() -> lock);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    requireLockable(shared);
    requireOpen();
    return locked(position, size, shared);
  }

  private FileLock locked(long position, long size, boolean shared) {
    CgroupFileLock.Part part = CgroupFileLock.Part.of(position, size, shared);
    CgroupFileLock lock = new CgroupFileLock(this, part, opened.home().locks(), file.ino());
    opened.home().locks().add(lock);
    return lock;
  }

  private void requireLockable(boolean shared) {
    if (shared && !opened.readable()) {
      throw new NonReadableChannelException();
    }
    if (!shared && !opened.writable()) {
      throw new NonWritableChannelException();
    }
  }

  @Override
  public boolean isOpen() {
    return !closed.get();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      opened.home().locks().removeAll(this);
      calls.interrupt();
      file.close();
    }
  }
}
