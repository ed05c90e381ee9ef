package io.github.vcgroupfs.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.Program;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The soak itself: that it ends when it is told to, and says what it found. */
@MountTest
@Tag("programs")
class SoakIT {
  private static Process soak(Path err, String... arguments) throws Exception {
    List<String> command = Program.java();
    command.addAll(
        List.of(
            "-Dvcgroupfs.jar=" + Program.JAR,
            "-cp",
            System.getProperty(
                "java.class.path"), // libraries whole: the jar has what it calls itself
            Soak.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(err.toFile()).start();
  }

  @Test
  void ctrlCEndsItAndTheEndIsJudged(@TempDir Path folder) throws Exception {
    Path place = folder.resolve("soak");
    Path err = folder.resolve("err");
    Process soak = soak(err, "--warm-up", "1", "--every", "1", "5", place.toString());
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines = soak.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (line.startsWith("warm: ")) {
          Program.runToEnd(List.of("sh", "-c", "kill -INT " + soak.pid()));
        }
      }
    }
    String all = said + Files.readString(err);
    assertThat(soak.waitFor()).as("%s", all).isZero();
    assertThat(all).contains("ok      umount works\n", "all is well").doesNotContain("FAILED");
    assertThat(place).doesNotExist();
  }

  @Test
  void aFolderInUseIsRefused(@TempDir Path folder) throws Exception {
    Path mine = Files.writeString(folder.resolve("mine"), "");
    Path err = Files.createTempFile("vcgroupfs-test", ".err");
    try {
      Process soak = soak(err, "1", folder.toString());
      assertThat(soak.waitFor()).isEqualTo(2);
      assertThat(Files.readString(err)).contains(folder + " is not an empty folder");
      assertThat(mine).exists();
    } finally {
      Files.delete(err);
    }
  }
}
