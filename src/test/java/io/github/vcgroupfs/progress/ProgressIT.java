package io.github.vcgroupfs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

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
  private static String shown(Process terminal, Predicate<String> enough) throws IOException {
    StringBuilder shown = new StringBuilder();
    Reader reader = terminal.inputReader(StandardCharsets.UTF_8);
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
          shown(terminal, text -> lines(text).stream().filter(wanted.asPredicate()).count() >= 2);
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

  /** The scenarios come slowly, so it takes long however fast the machine is. */
  @Test
  void theLineMakesRoomForAnswersAndIsGoneAtTheEnd() throws Exception {
    String slowly = "{ sleep 2; echo " + quoted(SHORT) + "; sleep 0.5; } | " + program("simulate");
    String shown = shown(onTerminal(slowly), text -> false);
    assertThat(lines(shown))
        .as("%s", shown)
        .isNotEmpty()
        .first()
        .asString()
        .startsWith("simulate: line 0, ");
    assertThat(shown).contains(CLEARED + "{\"name\":\"b\"");
    String atEnd = shown.substring(shown.lastIndexOf(CLEARED));
    assertThat(lines(atEnd)).as("after the last clearing of %s", shown).isEmpty();

    String without = shown(onTerminal(slowly, "NO_PROGRESS=1"), text -> false);
    assertThat(without).startsWith("{\"name\":\"b\"").doesNotContain("\u001b");
    String redirected = shown(onTerminal("{ " + slowly + "; } 2>&1 | cat"), text -> false);
    assertThat(redirected).startsWith("{\"name\":\"b\"").doesNotContain("\u001b");
  }

  @Test
  void captureCountsTheGroups() throws Exception {
    try (MountedFs mount = MountedFs.start("--profile", "linux-4.19")) {
      mount.mkdir("a");
      mount.mkdir("b");
      mount.write("b/sim.fault", "read memory.failcnt delay=2500ms");
      String shown = shown(onTerminal(program("capture", mount.root().toString())), text -> false);
      assertThat(lines(shown))
          .as("%s", shown)
          .isNotEmpty()
          .first()
          .asString()
          .startsWith("capture: 2 groups read, ");
      assertThat(shown).contains(CLEARED + "# A cgroup v1 memory hierarchy");
    }
  }
}
