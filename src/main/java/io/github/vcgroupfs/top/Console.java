package io.github.vcgroupfs.top;

import io.github.vcgroupfs.os.TerminalCalls;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.PosixSysTerminal;
import org.jline.utils.Curses;
import org.jline.utils.InfoCmp.Capability;
import org.jspecify.annotations.Nullable;

/**
 * The terminal as a screen to paint on. However the program ends, {@link #leave} makes the terminal
 * what it was. Thread-safe.
 */
final class Console implements AutoCloseable {
  // DECSET and DECRST of DECAWM: a sign too many does not go on in the next line
  private static final String NO_WRAP = "\033[?7l";
  private static final String WRAP = "\033[?7h";

  /** For a terminal that does not say how large it is. */
  private static final Size USUAL = Size.of(80, 24);

  /** A thread that paints may wait for the terminal, which was stopped with Ctrl-S, say. */
  private static final long PATIENCE_MS = 500;

  /** Not closed: the descriptor is the process's. */
  private final FileOutputStream standardOutput = new FileOutputStream(FileDescriptor.out);

  private final Terminal terminal;
  private final Theme theme;
  private final byte[] original;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean entered;
  private List<Line> shown = new ArrayList<>();
  private @Nullable Size size;

  /**
   * For the terminal of this process.
   *
   * @param type what kind it is: {@code TERM}
   */
  Console(String type, Charset charset, Theme theme) throws IOException {
    this.original =
        TerminalCalls.settings(HostPty.IN)
            .orElseThrow(() -> new IOException("standard input is no terminal"));
    this.theme = theme;
    this.terminal =
        new PosixSysTerminal(
            "top", type, new HostPty(), charset, false, Terminal.SignalHandler.SIG_IGN);
  }

  /** Whether standard input and standard output are terminals. */
  static boolean isThere() {
    return TerminalCalls.settings(HostPty.IN).isPresent()
        && TerminalCalls.settings(HostPty.OUT).isPresent();
  }

  /** Takes the whole screen, and every key from now on. */
  void enter() {
    lock.lock();
    try {
      terminal.enterRawMode();
      terminal.puts(Capability.enter_ca_mode);
      terminal.puts(Capability.keypad_xmit);
      terminal.puts(Capability.cursor_invisible);
      terminal.writer().write(NO_WRAP);
      terminal.puts(Capability.clear_screen);
      terminal.flush();
      shown = new ArrayList<>();
      entered = true;
    } finally {
      lock.unlock();
    }
  }

  /** How large the screen is now. */
  Size size() {
    Size now = terminal.getSize();
    return now.getColumns() > 0 && now.getRows() > 0 ? now : USUAL;
  }

  /** Paints what has changed since the picture before. */
  void paint(List<Line> lines, Size now) {
    lock.lock();
    try {
      if (!entered) {
        return;
      }
      StringBuilder out = new StringBuilder();
      if (!now.equals(size)) {
        out.append(sequence(Capability.clear_screen));
        shown = new ArrayList<>();
        size = now;
      }
      for (int i = 0; i < lines.size(); i++) {
        if (i >= shown.size() || !shown.get(i).equals(lines.get(i))) {
          out.append(Ansi.atRow(lines.get(i), i, theme));
        }
      }
      shown = List.copyOf(lines);
      terminal.writer().write(out.toString());
      terminal.flush();
    } finally {
      lock.unlock();
    }
  }

  /** The next picture is painted whole: something else has written to the screen. */
  void forget() {
    lock.lock();
    try {
      size = null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives the terminal back as it was. The second time it does nothing. JLine's own hook may have
   * closed its terminal before ours is called, so this goes past it.
   */
  void leave() {
    boolean locked = false;
    try {
      locked = lock.tryLock(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      if (entered) {
        entered = false;
        say(leaving());
        TerminalCalls.setSettings(HostPty.IN, original);
      }
    } finally {
      if (locked) {
        lock.unlock();
      }
    }
  }

  private String leaving() {
    boolean own = terminal.getStringCapability(Capability.exit_ca_mode) != null;
    return WRAP
        + sequence(Capability.cursor_normal)
        + sequence(Capability.keypad_local)
        // without a screen of its own the last picture goes, and the prompt begins at the top
        + sequence(own ? Capability.exit_ca_mode : Capability.clear_screen);
  }

  private String sequence(Capability capability) {
    String text = terminal.getStringCapability(capability);
    return text == null ? "" : Curses.tputs(text);
  }

  private void say(String text) {
    try {
      standardOutput.write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return; // the terminal is gone, and nobody sees how it looks
    }
  }

  @Override
  public void close() {
    leave();
  }
}
