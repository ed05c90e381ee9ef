package io.github.vcgroupfs.differential;

import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/** A channel into memory. */
final class Sink implements WritableByteChannel {
  private final StringBuilder taken = new StringBuilder();

  @Override
  public int write(ByteBuffer from) {
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    taken.append(new String(bytes, StandardCharsets.ISO_8859_1));
    return bytes.length;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    // it is memory
  }

  @Override
  public String toString() {
    return taken.toString();
  }
}
