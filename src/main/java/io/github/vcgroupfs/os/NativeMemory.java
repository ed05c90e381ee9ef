package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.kenai.jffi.MemoryIO;
import java.nio.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap, by its address. Offsets and sizes are bytes, numbers are in this
 * machine's byte order, and nothing is checked: it is as C has it. What was made here is freed by
 * {@link #close}; what C has made is only looked at. Thread-safe as far as the memory is.
 */
public final class NativeMemory implements AutoCloseable {
  private static final MemoryIO IO = MemoryIO.getInstance();

  private final long address;

  private NativeMemory(long address) {
    this.address = address;
  }

  /** Memory that is there, for as long as its owner keeps it. Not to be closed. */
  public static NativeMemory at(long address) {
    return new NativeMemory(address);
  }

  /** New memory, all zero. */
  public static NativeMemory allocate(int bytes) {
    return new NativeMemory(IO.allocateMemory(bytes, true));
  }

  /** New memory with these bytes. */
  public static NativeMemory of(byte[] bytes) {
    NativeMemory memory = new NativeMemory(IO.allocateMemory(Math.max(1, bytes.length), false));
    memory.put(0, bytes, bytes.length);
    return memory;
  }

  /** New memory with a string of C, one char a byte. */
  public static NativeMemory text(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return of(Arrays.copyOf(bytes, bytes.length + 1)); // a NUL behind it
  }

  /** Where the memory of a direct buffer is. */
  static long address(Buffer direct) {
    return IO.getDirectBufferAddress(direct);
  }

  /** The string of C at an address, one char a byte; null at 0. */
  public static @Nullable String textAt(long address) {
    return address == 0 ? null : new String(IO.getZeroTerminatedByteArray(address), ISO_8859_1);
  }

  @Override
  public void close() {
    IO.freeMemory(address);
  }

  public long address() {
    return address;
  }

  public byte getByte(long offset) {
    return IO.getByte(address + offset);
  }

  public short getShort(long offset) {
    return IO.getShort(address + offset);
  }

  public int getInt(long offset) {
    return IO.getInt(address + offset);
  }

  public long getLong(long offset) {
    return IO.getLong(address + offset);
  }

  /** Copies the first bytes of it out. */
  public byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    IO.getByteArray(address, bytes, 0, size);
    return bytes;
  }

  public void putByte(long offset, byte value) {
    IO.putByte(address + offset, value);
  }

  public void putInt(long offset, int value) {
    IO.putInt(address + offset, value);
  }

  public void putLong(long offset, long value) {
    IO.putLong(address + offset, value);
  }

  /** Copies the first bytes of an array into it. */
  public void put(long offset, byte[] bytes, int size) {
    IO.putByteArray(address + offset, bytes, 0, size);
  }
}
