package io.github.vcgroupfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.SharedResources;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shell sessions on our pages, replayed by a shell, command for command. In what it expects,
 * {@code …} stands for anything, alone on a line for any lines, and a number of four digits or more
 * for one of about that size (traffic runs on the wall clock).
 */
@ResourceLock(value = SharedResources.MOUNT_COPIES, mode = ResourceAccessMode.READ)
class ReadmeSessionIT {
  private static final Path BASE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
  private static final String MOUNT_POINT = "/tmp/vcgroup";
  private static final int BUILD_SECONDS = 300;
  private static final String MARK = "@@ next command @@";
  private static final Pattern LARGE_NUMBER = Pattern.compile("(?<![\\w/-])[0-9]{4,}(?![\\w/-])");

  private static final Pattern BLOCK =
      Pattern.compile("<!-- session -->\\s*```console\\n(.*?)```", Pattern.DOTALL);

  private record Command(String text, List<String> expected) {}

  /** The first use says that it builds; the sessions are those of every later one. */
  @BeforeAll
  @Timeout(BUILD_SECONDS)
  static void buildIfNeedBe() throws Exception {
    assertThat(sh("'" + BASE + "/mount-scripts/vcgroupfs' profiles", BUILD_SECONDS))
        .contains("lwn-2011");
  }

  static Stream<Arguments> pages() throws IOException {
    return sessions("README.md", "src/site/markdown/relay.md", "src/site/markdown/capture.md");
  }

  static Stream<Arguments> presets() throws IOException {
    return sessions("src/site/markdown/presets.md");
  }

  /** Every session of every page, by page and number. */
  private static Stream<Arguments> sessions(String... pages) throws IOException {
    List<Arguments> all = new ArrayList<>();
    for (String page : pages) {
      long count = BLOCK.matcher(Files.readString(BASE.resolve(page))).results().count();
      assertThat(count).as("sessions of %s", page).isPositive();
      for (int i = 0; i < count; i++) {
        all.add(Arguments.of(page, i));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}, session {1}")
  @MethodSource("pages")
  @Tag("jdk")
  void theSessionGoesAsThePageSays(String page, int number, @TempDir Path folder) throws Exception {
    assertThat(replay(page, number, folder)).as("mounts that stay").isEmpty();
  }

  @ParameterizedTest(name = "{0}, session {1}")
  @MethodSource("presets")
  @Tag("programs")
  void theSessionOfAPresetGoesAsThePageSays(String page, int number, @TempDir Path folder)
      throws Exception {
    assertThat(replay(page, number, folder)).as("mounts that stay").isEmpty();
  }

  /**
   * Replays one: each answer must be as the page says.
   *
   * @return the mounts that it leaves
   */
  private static List<String> replay(String page, int number, Path folder) throws Exception {
    Path mountPoint = folder.resolve("vcgroup");
    List<Command> session = session(page, number, mountPoint);
    assertThat(session).hasSizeGreaterThan(2);
    try {
      List<String> answers = run(session);
      for (int i = 0; i < session.size(); i++) {
        String answer = answers.get(i).strip();
        assertThat(matches(session.get(i).expected(), answer))
            .as(
                "%s%nexpected:%n%s%nwas:%n%s",
                session.get(i).text(), String.join("\n", session.get(i).expected()), answer)
            .isTrue();
      }
      return Files.readString(Path.of("/proc/self/mounts"))
          .lines()
          .filter(line -> line.contains(mountPoint.toString()))
          .toList();
    } finally {
      sh(BASE + "/mount-scripts/vcgroupfs umount --force " + mountPoint, 60);
    }
  }

  private static List<Command> session(String page, int number, Path mountPoint)
      throws IOException {
    String text = Files.readString(BASE.resolve(page));
    String block = BLOCK.matcher(text).results().toList().get(number).group(1);
    List<Command> session = new ArrayList<>();
    for (String line : block.replace(MOUNT_POINT, mountPoint.toString()).split("\n", -1)) {
      if (line.startsWith("$ ")) {
        session.add(new Command(line.substring(2), new ArrayList<>()));
      } else if (!line.isEmpty()) {
        session.get(session.size() - 1).expected().add(line);
      }
    }
    return session;
  }

  private static List<String> run(List<Command> session) throws Exception {
    StringBuilder script = new StringBuilder("cd '" + BASE + "'\n");
    for (Command command : session) {
      script.append(command.text()).append("\necho '").append(MARK).append("'\n");
    }
    String all = sh(script.toString(), 110);
    List<String> answers = new ArrayList<>(List.of(all.split(Pattern.quote(MARK) + "\n", -1)));
    assertThat(answers).as(all).hasSize(session.size() + 1);
    return answers;
  }

  private static String sh(String script, int seconds) throws Exception {
    Path out = Files.createTempFile("session", ".out");
    try {
      Process process =
          new ProcessBuilder("sh", "-c", script)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).as("ends in %d s", seconds).isTrue();
      return Files.readString(out, StandardCharsets.UTF_8);
    } finally {
      Files.delete(out);
    }
  }

  private static boolean matches(List<String> expected, String answer) {
    StringBuilder pattern = new StringBuilder();
    for (String line : expected) {
      if (line.equals("…")) {
        pattern.append("(?:.*\\n)*?");
      } else {
        pattern.append(linePattern(line)).append('\n');
      }
    }
    Matcher matcher =
        Pattern.compile(pattern.toString()).matcher(answer.isEmpty() ? "" : answer + "\n");
    if (!matcher.matches()) {
      return false;
    }
    List<BigInteger> wanted = numbers(String.join("\n", expected));
    for (int i = 0; i < wanted.size(); i++) {
      BigInteger got = new BigInteger(matcher.group(i + 1));
      if (got.compareTo(wanted.get(i).shiftRight(1)) < 0
          || got.compareTo(wanted.get(i).shiftLeft(1)) > 0) {
        return false;
      }
    }
    return true;
  }

  private static String linePattern(String line) {
    StringBuilder pattern = new StringBuilder();
    Matcher number = LARGE_NUMBER.matcher(line);
    int from = 0;
    while (number.find()) {
      pattern.append(literal(line.substring(from, number.start()))).append("([0-9]+)");
      from = number.end();
    }
    return pattern.append(literal(line.substring(from))).toString();
  }

  private static String literal(String text) {
    return Pattern.quote(text).replace("…", "\\E.*\\Q");
  }

  private static List<BigInteger> numbers(String text) {
    return LARGE_NUMBER
        .matcher(text)
        .results()
        .map(found -> new BigInteger(found.group()))
        .toList();
  }
}
