package io.github.vcgroupfs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program from outside: exit status, outputs, and what it says when something is missing. */
@MountTest
@Tag("jdk")
class ProgramIT {
  @TempDir private Path folder;

  @Test
  void versionAndTraining() throws Exception {
    Ended version = Program.run("--version");
    assertThat(version.status()).isZero();
    assertThat(version.out()).matches("vcgroupfs [^ ]+ \\(.*Java [0-9.]+\\)\n");
    assertThat(Program.run("--archive-training")).isEqualTo(new Ended(0, "", ""));
  }

  @Test
  void answersThatCannotBeWrittenAreAFailure() throws Exception {
    Path scenario =
        Files.writeString(
            folder.resolve("s.jsonl"),
            "{\"kind\":\"fill\",\"limit\":65536,\"connections\":1,\"chunk\":16384}\n");
    List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" > /dev/full", "sh"));
    command.addAll(Program.command("simulate", scenario.toString()));
    assertThat(Program.runToEnd(command))
        .isEqualTo(new Ended(1, "", "vcgroupfs: standard output: cannot be written\n"));
  }

  @Test
  void wrongUsageLeavesNothing() throws Exception {
    Path place = folder.resolve("mnt");
    assertThat(Program.run("mount", place.toString(), "--strict"))
        .isEqualTo(new Ended(2, "", "vcgroupfs: options come before MOUNTPOINT: --strict\n"));
    assertThat(place).doesNotExist();
  }

  @Test
  void aLogFileThatIsNamedMustWork() throws Exception {
    Path place = folder.resolve("mnt");
    Path file = Files.createFile(folder.resolve("file"));
    Path log = file.resolve("log");
    Ended ended = Program.run("mount", "--log", log.toString(), place.toString());
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .isEqualTo(
            "vcgroupfs: the log file %s cannot be written: a file of that name is in the way\n"
                .formatted(log));
    assertThat(place).doesNotExist();
  }

  /** What the launcher relies on. */
  @Test
  void aDaemonSaysOneLineClosesBothOutputsAndRunsOn() throws Exception {
    Path place = folder.toRealPath().resolve("mnt");
    ProcessBuilder builder =
        new ProcessBuilder(
            Program.command("mount", "--log", folder.resolve("log").toString(), place.toString()));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process daemon = builder.start();
    try (InputStream out = daemon.getInputStream();
        InputStream err = daemon.getErrorStream()) {
      String said = new String(out.readAllBytes(), StandardCharsets.UTF_8); // until it is closed
      assertThat(said)
          .isEqualTo(
              "vcgroupfs: lwn-2011 mounted on %s (pid %d, log %s)\n"
                  .formatted(place, daemon.pid(), folder.resolve("log")));
      assertThat(err.readAllBytes()).isEmpty();
      assertThat(daemon.isAlive()).isTrue();
      assertThat(Files.readAllBytes(place.resolve("tasks"))).isNotNull();
      for (int fd = 0; fd <= 2; fd++) {
        Path link = Path.of("/proc/" + daemon.pid() + "/fd/" + fd);
        assertThat(Files.exists(link)).isTrue(); // so that no other file gets the number
      }
    } finally {
      assertThat(Program.run("umount", place.toString()).err()).isEmpty();
    }
    assertThat(daemon.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(daemon.exitValue()).isZero();
  }

  @Test
  void namesAreTakenAsTheLocaleSays() throws Exception {
    Path place = folder.toRealPath().resolve("caf\u00e9 1");
    List<String> command =
        Program.command("mount", "--log", folder.resolve("log").toString(), place.toString());
    Process daemon = utf8(command).start();
    assertThat(new String(daemon.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("vcgroupfs: lwn-2011 mounted on " + place + " (pid ");
    Process umount = utf8(Program.command("umount", place.toString())).start();
    assertThat(umount.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(umount.exitValue()).isZero();
    assertThat(daemon.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  private static ProcessBuilder utf8(List<String> command) {
    assumeTrue(
        StandardCharsets.UTF_8.name().equals(System.getProperty("sun.jnu.encoding")),
        "this JVM cannot pass such a name on");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder;
  }

  @Test
  void whatIsMissingIsSaidWithTheMend() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty"));
    Path place = folder.resolve("mnt");
    Ended noDevice = runWith("mount --bind %s /dev/fuse".formatted(empty), "mount", "" + place);
    assertThat(noDevice)
        .isEqualTo(
            new Ended(
                3,
                "",
                "vcgroupfs: /dev/fuse is missing: what is there is not the device of FUSE. To mend it:"
                    + " modprobe fuse as root; for a container: --device /dev/fuse --cap-add SYS_ADMIN\n"));

    String hideLibrary = "mount --bind %s %s".formatted(empty, libfuse());
    Ended noLibrary = runWith(hideLibrary, "mount", "" + place);
    assertThat(noLibrary.status()).isEqualTo(3);
    assertThat(noLibrary.out()).isEmpty();
    assertThat(noLibrary.err())
        .startsWith("vcgroupfs: libfuse 2 is missing: ")
        .endsWith(
            ". To mend it: apt-get install libfuse2 (Debian 13, Ubuntu 24.04 and later:"
                + " libfuse2t64)\n")
        .hasLineCount(1);
    Ended doctor = runWith(hideLibrary, "doctor");
    assertThat(doctor.status()).isEqualTo(3);
    assertThat(doctor.out())
        .contains(
            "ok       /dev/fuse ", "missing  libfuse 2 ", "To mend it: apt-get install libfuse2");
    assertThat(runWith(hideLibrary, "--archive-training")).isEqualTo(new Ended(0, "", ""));
    assertThat(place).doesNotExist();
  }

  /** Runs the program where something was done to its view of the mounts. */
  private static Ended runWith(String change, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "--mount", "sh", "-c", change + " && exec \"$@\"", "sh"));
    command.addAll(Program.command(arguments));
    Ended probe = Program.runToEnd(List.of("unshare", "--mount", "true"));
    assumeTrue(probe.status() == 0, "unshare --mount does not work here");
    return Program.runToEnd(command);
  }

  private static Path libfuse() throws IOException {
    try (Stream<Path> files =
        Files.find(Path.of("/usr/lib"), 2, (file, b) -> file.endsWith("libfuse.so.2"))) {
      return files.findFirst().orElseThrow().toRealPath();
    }
  }
}
