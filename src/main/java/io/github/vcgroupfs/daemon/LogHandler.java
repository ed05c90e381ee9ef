package io.github.vcgroupfs.daemon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.kernel.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * Writes log lines to a file of limited size. When the file is full, it is renamed to {@code
 * FILE.1}, which replaces the one before. Unlike the JDK's own handler, the newest lines are always
 * in the file with the plain name, and no lock file is left behind.
 *
 * <p>A line is {@code time level [thread] message}, with the stack below it. Text here has one char
 * a byte, and so it is written. Thread-safe: own monitor.
 */
final class LogHandler extends Handler {
  private static final int MAX_CAUSES = 8;

  private final Path file;
  private final long maxBytes;

  @GuardedBy("this")
  private OutputStream out;

  @GuardedBy("this")
  private long written;

  /** Lines that could not be written since the last one that could. */
  @GuardedBy("this")
  private long lost;

  /** Opens the file at its end; makes it if it is missing. */
  LogHandler(Path file, long maxBytes) throws IOException {
    this.file = SafeFile.resolve(file);
    this.maxBytes = maxBytes;
    this.out = SafeFile.append(this.file);
    this.written = Files.size(this.file);
    setFormatter(new SimpleFormatter());
  }

  /** Made for the first line: the rules of time zones are 100 KB. */
  private static final class Clock {
    static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT)
            .withZone(ZoneId.systemDefault());
  }

  @Override
  public void publish(LogRecord line) {
    if (!isLoggable(line)) {
      return;
    }
    try {
      append(text(line).getBytes(ISO_8859_1));
    } catch (IOException | RuntimeException e) {
      // A log that cannot be written must not stop what it tells about.
      reportError(null, e instanceof IOException io ? io : new IOException(e), 0);
    }
  }

  @Override
  public void flush() {}

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      reportError(null, e, 0);
    }
  }

  private synchronized void append(byte[] line) throws IOException {
    try {
      reopenIfGone();
      tellOfLostLines();
      write(line);
    } catch (IOException e) {
      lost++;
      throw e;
    }
  }

  /**
   * Somebody took the file away: what goes into the old one nobody can read. The folder is not made
   * anew, for whoever removed it may not want it.
   */
  @GuardedBy("this")
  private void reopenIfGone() throws IOException {
    if (!Files.exists(file)) {
      OutputStream next = SafeFile.append(file);
      out.close();
      out = next;
      written = 0;
    }
  }

  /** After a full disk, for example: the last line may be cut off in the middle. */
  @GuardedBy("this")
  private void tellOfLostLines() throws IOException {
    if (lost > 0) {
      String note = "\n%d lines before this one could not be written\n".formatted(lost);
      write(note.getBytes(ISO_8859_1));
      lost = 0;
    }
  }

  @GuardedBy("this")
  private void write(byte[] line) throws IOException {
    if (written > 0 && written + line.length > maxBytes && isPlain()) {
      Path older = file.resolveSibling(file.getFileName() + ".1");
      OutputStream next = SafeFile.beginAnew(file, older);
      out.close();
      out = next;
      written = 0;
    }
    out.write(line);
    written += line.length;
  }

  /** Not a terminal, nor /dev/null, which must keep its name. */
  private boolean isPlain() {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private String text(LogRecord line) {
    StringBuilder text = new StringBuilder(200);
    text.append(Clock.TIME.format(Instant.ofEpochMilli(line.getMillis()))).append(' ');
    text.append(LogLevel.nameOf(line.getLevel())).append(" [");
    text.append(Thread.currentThread().getName()).append("] ");
    text.append(printable(getFormatter().formatMessage(line))).append('\n');
    if (line.getThrown() != null) {
      appendStack(text, "", line.getThrown(), 0);
    }
    return text.toString();
  }

  /** As the JDK prints it, but a message stays one line: it may have a name that others chose. */
  private static void appendStack(StringBuilder text, String label, Throwable thrown, int depth) {
    text.append(label).append(printable(thrown.toString())).append('\n');
    for (StackTraceElement each : thrown.getStackTrace()) {
      text.append("\tat ").append(each).append('\n');
    }
    if (depth == MAX_CAUSES) {
      return; // one may even be its own
    }
    for (Throwable each : thrown.getSuppressed()) {
      appendStack(text, "Suppressed: ", each, depth + 1);
    }
    Throwable cause = thrown.getCause();
    if (cause != null) {
      appendStack(text, "Caused by: ", cause, depth + 1);
    }
  }

  private static String printable(String text) {
    return Printable.escaped(text);
  }
}
