package io.github.vcgroupfs.progress;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** Clears the line of the terminal before something else is written there. Not thread-safe. */
final class MakingRoom extends Writer {
  private final PrintWriter out;
  private final Runnable room;
  private final StringBuilder waiting = new StringBuilder();

  MakingRoom(PrintWriter out, Runnable room) {
    this.out = out;
    this.room = room;
  }

  @Override
  public void write(char[] text, int from, int length) {
    waiting.append(text, from, length);
  }

  /** What was written gets to the terminal now, and not before. */
  @Override
  public void flush() throws IOException {
    room.run();
    out.append(waiting);
    waiting.setLength(0);
    if (out.checkError()) {
      throw new IOException("cannot be written");
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
