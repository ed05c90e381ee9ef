package io.github.vcgroupfs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a terminal shows of commands that take long. {@code script} is the terminal. */
@MountTest
class ProgressIT {
  /** A line that is written over: its text. */
  private static final Pattern LINE =
      Pattern.compile("\r\u001b\\[\\?7l(.*?)\u001b\\[K\u001b\\[\\?7h");

  private static final String CLEARED = "\r\u001b[K";

  private static final String ENDLESS =
      "{\"name\":\"a\",\"kind\":\"stream\",\"limit\":-1,\"connections\":8,\"chunk\":16384,"
          + "\"seconds\":1000000}";
  private static final String SHORT =
      "{\"name\":\"b\",\"kind\":\"fill\",\"limit\":65536,\"connections\":1,\"chunk\":16384}";

  @TempDir private Path folder;

  @BeforeAll
  static void script() {
    Needs.programs("script");
  }

  private static String quoted(String... command) {
    return Arrays.stream(command)
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }

  /** Starts a line of shell on a terminal. */
  private static Process onTerminal(String shell, String... environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("script", "-qefc", shell, "/dev/null");
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("TERM", "xterm");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    for (String each : environment) {
      builder
          .environment()
          .put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
    }
    return builder.redirectErrorStream(true).start();
  }

  /** What the terminal has shown once that holds, or the program has ended. */
  private static String shown(Reader reader, Predicate<String> enough) throws IOException {
    StringBuilder shown = new StringBuilder();
    int next = 0;
    while (!enough.test(shown.toString()) && (next = reader.read()) >= 0) {
      shown.append((char) next);
    }
    return shown.toString();
  }

  private static List<String> lines(String shown) {
    return LINE.matcher(shown).results().map(each -> each.group(1)).toList();
  }

  private static String program(String... arguments) {
    return quoted(Program.command(arguments).toArray(new String[0]));
  }

  @Test
  void simulateSaysHowFarALongScenarioIs() throws Exception {
    Process terminal = onTerminal("echo " + quoted(ENDLESS) + " | " + program("simulate"));
    try {
      Pattern wanted =
          Pattern.compile("simulate: line 1, ([0-9.]+) of 1000000\\.0 s simulated, \\d+ s");
      String shown =
          shown(
              terminal.inputReader(StandardCharsets.UTF_8),
              text -> lines(text).stream().filter(wanted.asPredicate()).count() >= 2);
      List<Double> seconds =
          lines(shown).stream()
              .map(wanted::matcher)
              .filter(Matcher::matches)
              .map(each -> Double.parseDouble(each.group(1)))
              .toList();
      assertThat(seconds).as("%s", shown).hasSizeGreaterThanOrEqualTo(2).isSorted();
      assertThat(seconds.get(seconds.size() - 1)).isGreaterThan(seconds.get(0));
    } finally {
      terminal.destroy();
    }
  }

  /** It waits for its scenario until the line is there, however fast or slow the machine is. */
  @Test
  void theLineMakesRoomForAnswersAndIsGoneAtTheEnd() throws Exception {
    Path fifo = folder.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    Process terminal = onTerminal(program("simulate", fifo.toString()));
    Reader reader = terminal.inputReader(StandardCharsets.UTF_8);
    String shown;
    try (Writer scenarios = Files.newBufferedWriter(fifo)) { // once simulate reads
      shown = shown(reader, text -> !lines(text).isEmpty());
      assertThat(lines(shown)).as("%s", shown).first().asString().startsWith("simulate: line 0, ");
      scenarios.write(SHORT + "\n");
    }
    String rest = shown(reader, text -> false);
    assertThat(rest).contains(CLEARED + "{\"name\":\"b\"");
    String atEnd = (shown + rest).substring((shown + rest).lastIndexOf(CLEARED));
    assertThat(lines(atEnd)).as("after the last clearing of %s", shown + rest).isEmpty();
  }

  @Test
  void nothingIsShownIfThatIsForbiddenOrIfNobodyLooks() throws Exception {
    String slowly = "{ sleep 2.5; echo " + quoted(SHORT) + "; } | " + program("simulate");
    List<Process> both =
        List.of(onTerminal(slowly, "NO_PROGRESS=1"), onTerminal("{ " + slowly + "; } 2>&1 | cat"));
    for (Process each : both) {
      String shown = shown(each.inputReader(StandardCharsets.UTF_8), text -> false);
      assertThat(shown).startsWith("{\"name\":\"b\"").doesNotContain("\u001b");
    }
  }

  @Test
  void captureCountsTheGroups() throws Exception {
    try (MountedFs mount = MountedFs.start("--profile", "linux-4.19")) {
      mount.mkdir("a");
      mount.mkdir("b");
      mount.write("b/sim.fault", "read memory.failcnt delay=3000ms");
      Process terminal = onTerminal(program("capture", mount.root().toString()));
      String shown = shown(terminal.inputReader(StandardCharsets.UTF_8), text -> false);
      assertThat(lines(shown))
          .as("%s", shown)
          .anyMatch(line -> line.startsWith("capture: 2 groups read, "));
      assertThat(shown).contains(CLEARED + "# A cgroup v1 memory hierarchy");
    }
  }
}
