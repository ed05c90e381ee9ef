package io.github.vcgroupfs.daemon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

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
    this.file = file;
    this.maxBytes = maxBytes;
    this.out = open(file);
    this.written = Files.size(file);
    setFormatter(new SimpleFormatter());
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
      OutputStream next = open(file);
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
    if (written > 0 && written + line.length > maxBytes) {
      out.close();
      Path older = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
      out = open(file);
      written = 0;
    }
    out.write(line);
    written += line.length;
  }

  private String text(LogRecord line) {
    StringBuilder text = new StringBuilder(200);
    text.append(TIME.format(Instant.ofEpochMilli(line.getMillis()))).append(' ');
    text.append(LogLevel.nameOf(line.getLevel())).append(" [");
    text.append(Thread.currentThread().getName()).append("] ");
    text.append(getFormatter().formatMessage(line)).append('\n');
    if (line.getThrown() != null) {
      StringWriter stack = new StringWriter();
      line.getThrown().printStackTrace(new PrintWriter(stack));
      text.append(stack);
    }
    return text.toString();
  }

  private static OutputStream open(Path file) throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
