package io.github.vcgroupfs.top;

import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A program in a real terminal: tmux has one, with a server of its own for each of these. Before
 * and behind the program the settings of the terminal are written down.
 */
final class TmuxTerminal implements AutoCloseable {
  private static final int PAUSE_MS = 50;
  private static final long LIMIT_MS = 60_000;

  private final Path folder;
  private final String socket;

  private TmuxTerminal(Path folder) {
    this.folder = folder;
    this.socket = folder.resolve("tmux").toString();
  }

  /** Starts a program in a terminal of that size. */
  static TmuxTerminal start(
      Path folder, int width, int height, Map<String, String> environment, List<String> command)
      throws Exception {
    String variables =
        environment.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(" "));
    String words = command.stream().map(TmuxTerminal::quoted).collect(Collectors.joining(" "));
    Path script = folder.resolve("script");
    Files.writeString(
        script,
        """
        cd %s
        stty -g >before
        echo shell
        %s sh -c 'echo $$ >pid; exec "$@"' - %s 2>err
        echo "status $?"
        stty -g >after
        echo end
        exec cat
        """
            .formatted(quoted(folder.toString()), variables, words));
    TmuxTerminal terminal = new TmuxTerminal(folder);
    terminal.tmux(
        "-f",
        "/dev/null",
        "-u",
        "new-session",
        "-d",
        "-x",
        Integer.toString(width),
        "-y",
        Integer.toString(height),
        "sh " + quoted(script.toString()));
    return terminal;
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private String tmux(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("tmux", "-S", socket));
    command.addAll(List.of(words));
    Ended ended;
    try {
      ended = Program.runToEnd(command);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    if (ended.status() != 0) {
      throw new AssertionError(command + ": " + ended.err());
    }
    return ended.out();
  }

  /** Presses keys, by their names in tmux. */
  void press(String... keys) throws Exception {
    List<String> words = new ArrayList<>(List.of("send-keys"));
    words.addAll(List.of(keys));
    tmux(words.toArray(new String[0]));
  }

  void resize(int width, int height) throws Exception {
    tmux("resize-window", "-x", Integer.toString(width), "-y", Integer.toString(height));
  }

  /** What is on the screen. */
  String screen() throws Exception {
    return tmux("capture-pane", "-p");
  }

  /** What is on the screen, with the sequences that colour it. */
  String colouredScreen() throws Exception {
    return tmux("capture-pane", "-p", "-e");
  }

  /** Waits until the screen is so; gives it back. */
  String await(String what, Predicate<String> so) throws Exception {
    long end = System.currentTimeMillis() + LIMIT_MS;
    String screen = screen();
    while (!so.test(screen)) {
      if (System.currentTimeMillis() > end) {
        throw new AssertionError("not on the screen: %s%n%s%n%s".formatted(what, screen, errors()));
      }
      Thread.sleep(PAUSE_MS);
      screen = screen();
    }
    return screen;
  }

  String await(String part) throws Exception {
    return await(part, screen -> screen.contains(part));
  }

  /** The process of the program. */
  long pid() throws Exception {
    return Long.parseLong(Files.readString(folder.resolve("pid")).strip());
  }

  /** What the program has complained about. */
  String errors() throws Exception {
    Path file = folder.resolve("err");
    return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
  }

  String settingsBefore() throws Exception {
    return Files.readString(folder.resolve("before"));
  }

  String settingsAfter() throws Exception {
    return Files.readString(folder.resolve("after"));
  }

  @Override
  public void close() throws IOException {
    tmux("kill-server");
  }
}
