package io.github.vcgroupfs.progress;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.os.Terminals;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says on standard error how far something is, once it has taken a second: on a terminal only, in
 * one line, which is gone at the end. Nothing is shown if the environment has {@code NO_PROGRESS},
 * or a {@code TERM} that cannot go back in a line.
 *
 * <p>Thread-safe. Who works is asked by another thread, and never waits, but for {@link #beside}.
 */
public final class Progress implements AutoCloseable {
  private static final long FIRST_MS = 1000;
  private static final long EVERY_MS = 500;

  private final String task;
  private final Supplier<String> done;
  private final PrintStream terminal;
  private final boolean sharedWithOutput;

  @GuardedBy("this")
  private final Line line = new Line();

  @GuardedBy("this")
  private boolean closed;

  private Progress(
      String task, Supplier<String> done, PrintStream terminal, boolean sharedWithOutput) {
    this.task = task;
    this.done = done;
    this.terminal = terminal;
    this.sharedWithOutput = sharedWithOutput;
  }

  /**
   * Shows it from now on, if anybody looks.
   *
   * @param task who works, such as {@code simulate}
   * @param done how far that is, in a few words; asked by another thread
   */
  public static Progress show(String task, Supplier<String> done) {
    boolean wanted = Terminals.isTerminal(Terminals.ERROR) && isWanted(System.getenv());
    Progress progress =
        new Progress(task, done, System.err, wanted && Terminals.isTerminal(Terminals.OUTPUT));
    if (wanted) {
      Thread thread = new Thread(progress::drawUntilClosed, "progress");
      thread.setDaemon(true);
      thread.start();
    }
    return progress;
  }

  /** Whether that environment asks for lines that are written over. */
  static boolean isWanted(Map<String, String> environment) {
    @Nullable String terminal = environment.get("TERM");
    return environment.getOrDefault("NO_PROGRESS", "").isEmpty()
        && terminal != null
        && !terminal.equals("dumb");
  }

  /**
   * A writer for what the work prints meanwhile. If that goes to the same terminal, the line makes
   * room for it.
   */
  public PrintWriter beside(PrintWriter out) {
    return sharedWithOutput ? new PrintWriter(new MakingRoom(out, this::clear)) : out;
  }

  private synchronized void clear() {
    if (line.isDrawn()) {
      send(line.clear());
    }
  }

  private void drawUntilClosed() {
    long beganNs = System.nanoTime();
    long nextMs = FIRST_MS;
    while (waitUntil(beganNs, nextMs)) {
      long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
      draw(Line.text(task, done.get(), TimeUnit.MILLISECONDS.toSeconds(ms)));
      nextMs = ms + EVERY_MS;
    }
  }

  /** Waits; whether to go on. */
  private synchronized boolean waitUntil(long beganNs, long ms) {
    long leftMs = ms - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
    try {
      while (!closed && leftMs > 0) {
        wait(leftMs);
        leftMs = ms - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
      }
    } catch (InterruptedException nobodyDoes) {
      return false;
    }
    return !closed;
  }

  private synchronized void draw(String text) {
    if (!closed) {
      send(line.draw(text));
    }
  }

  @GuardedBy("this")
  private void send(String bytes) {
    terminal.print(bytes);
    terminal.flush();
  }

  /** The line goes, and does not come again. */
  @Override
  public synchronized void close() {
    closed = true;
    if (line.isDrawn()) {
      send(line.clear());
    }
    notifyAll();
  }
}
