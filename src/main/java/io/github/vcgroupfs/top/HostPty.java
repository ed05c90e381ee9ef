package io.github.vcgroupfs.top;

import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.TerminalCalls;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Sized;
import org.jline.terminal.impl.TermiosData;
import org.jline.terminal.impl.TermiosMapping;
import org.jline.terminal.spi.Pty;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.jspecify.annotations.Nullable;

/**
 * The terminal behind standard input and output, for JLine. Its own ways to it either unpack a
 * library into a temporary folder, or start {@code stty} for each question; we have a way to call C
 * already (decisions/0022-terminal.md).
 */
final class HostPty implements Pty {
  static final int IN = 0;
  static final int OUT = 1;

  private static final int WORDS = 4;
  private static final int CHARACTERS_AT = WORDS * Integer.BYTES + 1; // behind the discipline
  private static final int CHARACTERS = TerminalCalls.SETTINGS_BYTES - CHARACTERS_AT;
  private static final long WORD = 0xffffffffL;

  private final TermiosMapping mapping = TermiosMapping.forCurrentPlatform();

  @Override
  public Attributes getAttr() throws IOException {
    return mapping.toAttributes(data(settings()));
  }

  @Override
  public void setAttr(Attributes attributes) throws IOException {
    byte[] settings = settings(); // what JLine does not know stays
    TermiosData data = mapping.toTermios(attributes, data(settings));
    ByteBuffer bytes = ByteBuffer.wrap(settings).order(ByteOrder.nativeOrder());
    bytes.putInt((int) data.iflag()).putInt((int) data.oflag());
    bytes.putInt((int) data.cflag()).putInt((int) data.lflag());
    System.arraycopy(data.cc(), 0, settings, CHARACTERS_AT, CHARACTERS);
    int result = TerminalCalls.setSettings(IN, settings);
    if (result < 0) {
      throw new IOException("the terminal refuses its settings: " + Libc.text(result));
    }
  }

  private static byte[] settings() throws IOException {
    return TerminalCalls.settings(IN)
        .orElseThrow(() -> new IOException("standard input is no terminal any more"));
  }

  private static TermiosData data(byte[] settings) {
    ByteBuffer bytes = ByteBuffer.wrap(settings).order(ByteOrder.nativeOrder());
    TermiosData data = new TermiosData();
    data.iflag(bytes.getInt() & WORD);
    data.oflag(bytes.getInt() & WORD);
    data.cflag(bytes.getInt() & WORD);
    data.lflag(bytes.getInt() & WORD);
    System.arraycopy(settings, CHARACTERS_AT, data.cc(), 0, CHARACTERS);
    return data;
  }

  @Override
  public Size getSize() {
    return TerminalCalls.extent(OUT)
        .map(extent -> Size.of(extent.columns(), extent.rows()))
        .orElseGet(() -> Size.of(0, 0));
  }

  @Override
  public void setSize(Sized size) {
    throw new UnsupportedOperationException("the terminal says how large it is, not we");
  }

  @Override
  public InputStream getSlaveInput() {
    return new FilterInputStream(new FileInputStream(FileDescriptor.in)) {
      @Override
      public void close() {
        // the descriptor is the process's
      }
    };
  }

  @Override
  public OutputStream getSlaveOutput() {
    return new FilterOutputStream(new FileOutputStream(FileDescriptor.out)) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length); // in one call, not byte by byte
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  @Override
  public InputStream getMasterInput() {
    throw new UnsupportedOperationException("the other end of the terminal is not ours");
  }

  @Override
  public OutputStream getMasterOutput() {
    throw new UnsupportedOperationException("the other end of the terminal is not ours");
  }

  @Override
  public SystemStream getSystemStream() {
    return SystemStream.Output;
  }

  @Override
  public @Nullable TerminalProvider getProvider() {
    return null; // it was not made by one
  }

  @Override
  public void close() {
    // nothing was opened
  }
}
