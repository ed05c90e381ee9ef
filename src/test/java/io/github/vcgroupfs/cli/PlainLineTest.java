package io.github.vcgroupfs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.daemon.Daemons;
import io.github.vcgroupfs.fuse.FuseLibrary;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is read without picocli is read as picocli does, or not at all. */
class PlainLineTest {
  private static final PlainLine.Voice SILENT =
      new PlainLine.Voice(
          new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()));

  private static final Daemons DAEMONS = new Daemons("none", MountCommand.NAME);
  private static final FuseLibrary LIBRARY = new FuseLibrary();

  /** Words as they stand on such lines, good and bad. */
  private static final List<String> WORDS =
      List.of(
          "--profile",
          "--profile=linux-6.1",
          "linux-6.1",
          "--controllers",
          "cpu,memory",
          "--strict",
          "--strict=true",
          "--size",
          "zero",
          "--size=exact",
          "big",
          "--freezer",
          "signals",
          "--fixture",
          "--preset",
          "f.yaml",
          "--allow-other",
          "--foreground",
          "--log",
          "--log-level",
          "debug",
          "/x",
          "",
          "-",
          "--",
          "--group",
          "web",
          "--group=web/a",
          "--unified",
          "--way",
          "tree",
          "--mount",
          "--escaped",
          "true",
          "-h",
          "--seed",
          "7",
          "--fuse-threads",
          "4",
          "--nope",
          "@f",
          "--log=");

  private static MountCommand mount() {
    return new MountCommand(LIBRARY, DAEMONS, SILENT);
  }

  private static RunCommand run() {
    return new RunCommand(LIBRARY, DAEMONS, SILENT, status -> {});
  }

  /** What a command has been told: its fields, but for those that say who has told it. */
  private static Map<String, Object> told(Object command) throws IllegalAccessException {
    Map<String, Object> fields = new TreeMap<>();
    for (Field each : command.getClass().getDeclaredFields()) {
      each.setAccessible(true);
      Object value = each.get(command);
      boolean isTold =
          value == null || value instanceof Enum || value.getClass().getName().startsWith("java.");
      if (isTold && !each.getName().equals("commandSize") && !each.getName().equals("spec")) {
        fields.put(each.getName(), value instanceof List<?> list ? List.copyOf(list) : value);
      }
    }
    return fields;
  }

  private static CommandLine picocli(Object command) {
    CommandLine line = new CommandLine(command);
    Choices.teach(line);
    line.setStopAtPositional(command instanceof MountCommand);
    line.setExpandAtFiles(false);
    return line;
  }

  private static void areTheSame(
      PlainLine.Command plain, PlainLine.Command other, List<String> words) throws Exception {
    if (PlainLine.read(plain, words)) {
      CommandLine line = picocli(other);
      line.parseArgs(words.toArray(new String[0]));
      assertThat(line.isUsageHelpRequested()).as("%s", words).isFalse();
      assertThat(told(plain)).as("%s", words).isEqualTo(told(other));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x",
        "--strict /x",
        "--profile linux-6.1 --controllers cpu,memory --strict --size=zero /x",
        "--foreground --log /tmp/log --log-level debug --allow-other /x",
        "--preset nothing --freezer signals /x",
      })
  void usualLinesOfMountAreRead(String line) throws Exception {
    List<String> words = List.of(line.split(" "));
    assertThat(PlainLine.read(mount(), words)).isTrue();
    areTheSame(mount(), mount(), words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- true",
        "--group web -- true -h --strict",
        "--controllers memory --strict --unified --group=a/b -- ls -l",
        "--mount /x --way tree -- --help",
      })
  void usualLinesOfRunAreRead(String line) throws Exception {
    List<String> words = List.of(line.split(" "));
    assertThat(PlainLine.read(run(), words)).isTrue();
    areTheSame(run(), run(), words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help", "-h /x", "--version", "--nope /x", "--strict --strict /x", "--size big /x",
        "--profile", "--profile --strict /x", "--strict=false /x", "/x --strict", "/x /y", "-- /x",
        "--seed 7 /x"
      })
  void otherLinesAreLeftToPicocli(String line) {
    assertThat(PlainLine.read(mount(), List.of(line.split(" ")))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--", "true", "--group web true", "--group a --group b -- true"})
  void runNeedsTheDashesAndACommand(String line) {
    assertThat(PlainLine.read(run(), List.of(line.split(" ")))).isFalse();
  }

  @Test
  void anyLineIsReadAsByPicocliOrNotAtAll() throws Exception {
    Random random = new Random(20261129);
    int read = 0;
    for (int i = 0; i < 3000; i++) {
      List<String> words = new ArrayList<>();
      for (int left = random.nextInt(6); left > 0; left--) {
        words.add(WORDS.get(random.nextInt(WORDS.size())));
      }
      areTheSame(mount(), mount(), words);
      areTheSame(run(), run(), words);
      read += PlainLine.read(mount(), words) || PlainLine.read(run(), words) ? 1 : 0;
    }
    assertThat(read).isGreaterThan(100);
  }
}
