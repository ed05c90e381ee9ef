package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.vfs.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A channel on a control file. It checks in the order of the JDK's, makes the same system calls,
 * and fails as it does. Thread-safe.
 */
final class CgroupFileChannel extends FileChannel {
  /** A control file is read in one piece, and an array must hold what is asked for. */
  private static final int MOST_BYTES = 1 << 30;

  private static final long MOST_MAPPED_BYTES = 8 << 20;

  private final OpenChannel opened;
  private final OpenFile file;
  private final BlockingCalls calls;
  private final boolean interruptible;

  /**
   * A channel.
   *
   * @param interruptible whether the interrupt of a thread that uses it closes it
   */
  CgroupFileChannel(OpenChannel opened, boolean interruptible) {
    this.opened = opened;
    this.file = opened.file();
    this.calls = new BlockingCalls(opened.home(), this::isOpen);
    this.interruptible = interruptible;
  }

  private void requireOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  private void requireReadable() throws ClosedChannelException {
    requireOpen();
    if (!opened.readable()) {
      throw new NonReadableChannelException();
    }
  }

  private void requireWritable() throws ClosedChannelException {
    requireOpen();
    if (!opened.writable()) {
      throw new NonWritableChannelException();
    }
  }

  private static void requirePosition(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("Negative position");
    }
  }

  private <T> @Nullable T call(Outcome.Call<T> call) throws IOException {
    if (!interruptible) {
      return calls.make(call);
    }
    boolean completed = false;
    try {
      begin();
      T result = calls.make(call);
      completed = result != null;
      return result;
    } finally {
      end(completed);
    }
  }

  /** Makes a call of which there is nothing to know but that it did not fail. */
  private void perform(Outcome.Action action) throws IOException {
    call(
        () -> {
          action.make();
          return true;
        });
  }

  /** A system call that reads. */
  private interface Read {
    byte[] read(int sizeBytes) throws ErrnoException;
  }

  private int read(ByteBuffer to, Read read) throws IOException {
    return (int) read(new ByteBuffer[] {to}, read);
  }

  private long read(ByteBuffer[] to, Read read) throws IOException {
    long room = 0;
    for (ByteBuffer each : to) {
      if (each.isReadOnly()) {
        throw new IllegalArgumentException("Read-only buffer");
      }
      room += each.remaining();
    }
    if (room == 0) {
      return 0;
    }
    int sizeBytes = (int) Math.min(room, MOST_BYTES);
    byte[] bytes = call(() -> read.read(sizeBytes));
    if (bytes == null) {
      return 0;
    }
    ByteBuffer from = ByteBuffer.wrap(bytes);
    for (ByteBuffer each : to) {
      int part = Math.min(each.remaining(), from.remaining());
      each.put(from.slice(from.position(), part));
      from.position(from.position() + part);
    }
    return bytes.length == 0 ? -1 : bytes.length;
  }

  /** A system call that writes. */
  private interface Write {
    int write(byte[] bytes) throws ErrnoException;
  }

  private long write(ByteBuffer[] from, Write write) throws IOException {
    long length = 0;
    for (ByteBuffer each : from) {
      length += each.remaining();
    }
    if (length == 0) {
      return 0;
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, MOST_BYTES));
    for (ByteBuffer each : from) {
      bytes.put(each.slice(each.position(), Math.min(each.remaining(), bytes.remaining())));
    }
    Integer taken = call(() -> write.write(bytes.array()));
    long left = taken == null ? 0 : taken;
    for (ByteBuffer each : from) {
      int part = (int) Math.min(each.remaining(), left);
      each.position(each.position() + part);
      left -= part;
    }
    return taken == null ? 0 : taken;
  }

  @Override
  public int read(ByteBuffer dst) throws IOException {
    requireReadable();
    return read(dst, file::read);
  }

  @Override
  public long read(ByteBuffer[] dsts, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, dsts.length);
    requireReadable();
    return read(part(dsts, offset, length), file::read);
  }

  @Override
  public int read(ByteBuffer dst, long position) throws IOException {
    Objects.requireNonNull(dst);
    requirePosition(position);
    requireReadable();
    return read(dst, sizeBytes -> file.pread(position, sizeBytes));
  }

  @Override
  public int write(ByteBuffer src) throws IOException {
    requireWritable();
    return (int) write(new ByteBuffer[] {src}, file::write);
  }

  @Override
  public long write(ByteBuffer[] srcs, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, srcs.length);
    requireWritable();
    return write(part(srcs, offset, length), file::write);
  }

  @Override
  public int write(ByteBuffer src, long position) throws IOException {
    Objects.requireNonNull(src);
    requirePosition(position);
    requireWritable();
    return (int) write(new ByteBuffer[] {src}, bytes -> file.pwrite(position, bytes));
  }

  private static ByteBuffer[] part(ByteBuffer[] buffers, int offset, int length) {
    return java.util.Arrays.copyOfRange(buffers, offset, offset + length);
  }

  @Override
  public long position() throws IOException {
    requireOpen();
    if (opened.append()) {
      return size();
    }
    Long offset = call(file::offset);
    return offset == null ? 0 : offset;
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    requireOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException();
    }
    perform(() -> file.seek(newPosition));
    return this;
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    Long bytes = call(() -> file.stat().inode().sizeBytes());
    return bytes == null ? -1 : bytes;
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    requireOpen();
    if (size < 0) {
      throw new IllegalArgumentException("Negative size");
    }
    requireWritable();
    perform(
        () -> {
          long sizeBytes = file.stat().inode().sizeBytes();
          long offset = file.offset();
          if (size < sizeBytes) {
            file.truncate(size);
          }
          file.seek(Math.min(offset, size));
        });
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    requireOpen();
    perform(file::sync);
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    requireOpen();
    if (!target.isOpen()) {
      throw new ClosedChannelException();
    }
    requireReadable();
    if (target instanceof CgroupFileChannel that && !that.opened.writable()) {
      throw new NonWritableChannelException();
    }
    if (position < 0 || count < 0) {
      throw new IllegalArgumentException();
    }
    long size = size();
    if (position > size) {
      return 0;
    }
    if (Jdk.TRANSFERS_BY_SIZE && target == this) {
      position(); // to itself, JDK 17 does it by another way, which asks for the position first
    }
    boolean limited = size > 0 || Jdk.TRANSFERS_BY_SIZE;
    return Transfers.to(this, position, limited ? Math.min(count, size - position) : count, target);
  }

  @Override
  public long transferFrom(ReadableByteChannel src, long position, long count) throws IOException {
    requireOpen();
    if (!src.isOpen()) {
      throw new ClosedChannelException();
    }
    requireWritable();
    if (position < 0 || count < 0) {
      throw new IllegalArgumentException();
    }
    if (Jdk.TRANSFERS_BY_SIZE && position > size()) {
      return 0;
    }
    return Jdk.TRANSFERS_BY_SIZE && src instanceof CgroupFileChannel that
        ? that.mapped(count)
        : Transfers.from(src, this, position, count);
  }

  /** JDK 17 transfers from a file by mapping it, as far as it is long. Returns what that gave. */
  private long mapped(long count) throws IOException {
    requireReadable();
    long offset = position();
    long there = Math.min(count, size() - offset);
    if (there > 0) {
      map(MapMode.READ_ONLY, offset, Math.min(there, MOST_MAPPED_BYTES)); // fails
    }
    position(offset);
    return 0;
  }

  /**
   * Fails for one byte or more, since no control file can be mapped. What comes before that is as
   * in the JDK: the file would have to be as long as the map.
   */
  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("Size exceeds Integer.MAX_VALUE");
    }
    Objects.requireNonNull(mode, "Mode is null");
    requireOpen();
    requirePosition(position);
    if (size < 0) {
      throw new IllegalArgumentException("Negative size");
    }
    if (position + size < 0) {
      throw new IllegalArgumentException("Position + size overflow");
    }
    if (!mode.equals(MapMode.READ_ONLY)) {
      requireWritable();
    }
    requireReadable();
    if (size() < position + size) {
      if (!opened.writable()) {
        throw new IOException("Channel not open for writing - cannot extend file to required size");
      }
      perform(() -> file.truncate(position + size));
    }
    if (size == 0) { // for nothing, the JDK asks nobody; its direct buffers are of that class
      ByteBuffer nothing = ByteBuffer.allocateDirect(0);
      boolean readOnly = mode.equals(MapMode.READ_ONLY) || !opened.writable();
      return (MappedByteBuffer) (readOnly ? nothing.asReadOnlyBuffer() : nothing);
    }
    perform(
        () -> {
          throw file.unmappable();
        });
    throw new ClosedChannelException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    requireLockable(shared);
    CgroupFileLock.Part part = CgroupFileLock.Part.of(position, size, shared);
    CgroupFileLock lock = new CgroupFileLock(this, part, opened.home().locks(), file.ino());
    opened.home().locks().add(lock);
    return lock;
  }

  private void requireLockable(boolean shared) throws ClosedChannelException {
    if (shared) {
      requireReadable();
    } else {
      requireWritable();
    }
  }

  /** As {@link #lock}: within one process nobody has to wait. */
  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return lock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() {
    opened.home().locks().removeAll(this);
    calls.interrupt();
    file.close();
  }
}
