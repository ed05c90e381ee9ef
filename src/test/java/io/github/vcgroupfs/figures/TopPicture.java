package io.github.vcgroupfs.figures;

import io.github.vcgroupfs.browser.Browser;
import io.github.vcgroupfs.testing.Program;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** {@code top} in a terminal of tmux, as a picture: what tmux shows, in a page. */
final class TopPicture implements AutoCloseable {
  private static final int COLUMNS = 100;
  private static final int LINES = 30;
  private static final int PATIENCE_SECONDS = 30;

  /** Cells are whole pixels wide, else bars have slits: the font's are 0.602 of its size. */
  private static final int CELL_PIXELS = 9;

  private static final int LINE_PIXELS = 19;
  private static final int PAUSE_MS = 100;

  private final Path folder;
  private final String socket;

  private TopPicture(Path folder) {
    this.folder = folder;
    this.socket = folder.resolve("tmux").toString();
  }

  /** Starts it, as a person would in a shell. */
  static TopPicture start(Path hierarchy) throws IOException, InterruptedException {
    TopPicture top = new TopPicture(Files.createTempDirectory("vcgroupfs-top"));
    String command =
        Program.command("top", hierarchy.toString()).stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    top.tmux(
        "-f",
        "/dev/null",
        "new-session",
        "-d",
        "-s",
        "top",
        "-x",
        "" + COLUMNS,
        "-y",
        "" + LINES,
        "env COLORTERM=truecolor LC_ALL=C.UTF-8 " + command);
    return top;
  }

  /** Presses keys. */
  void press(String... keys) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("send-keys", "-t", "top"));
    words.addAll(List.of(keys));
    tmux(words.toArray(new String[0]));
  }

  /** Waits until the screen shows something. */
  void await(String text) throws IOException, InterruptedException {
    await("to show " + text, screen -> screen.contains(text));
  }

  /** Waits until the screen shows something no more. */
  void awaitGone(String text) throws IOException, InterruptedException {
    await("to show " + text + " no more", screen -> !screen.contains(text));
  }

  private void await(String what, Predicate<String> isThere)
      throws IOException, InterruptedException {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    String screen = tmux("capture-pane", "-p", "-t", "top");
    while (!isThere.test(screen)) {
      if (System.nanoTime() - deadlineNs > 0) {
        throw new AssertionError("top was awaited %s:%n%s".formatted(what, screen));
      }
      Thread.sleep(PAUSE_MS);
      screen = tmux("capture-pane", "-p", "-t", "top");
    }
  }

  /** Draws what it shows now. */
  void draw(Browser browser, Path file) throws IOException, InterruptedException {
    String screen = tmux("capture-pane", "-p", "-e", "-t", "top");
    String page =
        """
        <!doctype html><meta charset="utf-8"><style>
        body { margin: 0; background: #10151b; }
        pre { margin: 0; padding: 14px; display: inline-block; background: #10151b; color: #d7dde4;
          font: 14.949px/19px "DejaVu Sans Mono", monospace; }
        </style><pre>%s</pre>
        """
            .formatted(TerminalText.html(screen.stripTrailing()));
    browser.size(COLUMNS * CELL_PIXELS + 28, LINES * LINE_PIXELS + 28);
    browser.open(
        "data:text/html;charset=utf-8,"
            + URLEncoder.encode(page, StandardCharsets.UTF_8).replace("+", "%20"));
    browser.keep(file);
  }

  private String tmux(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("tmux", "-S", socket));
    command.addAll(List.of(words));
    Program.Ended ended = Program.runToEnd(command);
    if (ended.status() != 0) {
      throw new AssertionError(command + ": " + ended.err());
    }
    return ended.out();
  }

  @Override
  public void close() throws IOException {
    try {
      tmux("kill-server");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      Files.deleteIfExists(folder.resolve("tmux"));
      Files.deleteIfExists(folder);
    }
  }
}
