package io.github.vcgroupfs.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Syscalls;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the log is full, and the folder of the log is gone: the mount does not care. */
@MountTest
class FullDiskIT {
  private static final int REFUSALS = 50;

  @TempDir private Path folder;
  private Path logs;

  @BeforeEach
  void mountDisk() throws Exception {
    logs = Files.createDirectory(folder.resolve("logs"));
    Program.Ended ended =
        Program.runToEnd(
            List.of("mount", "-t", "tmpfs", "-o", "size=64k", "storms", logs.toString()));
    Needs.that(ended.status() == 0, "no tmpfs can be mounted: " + ended.err());
  }

  @AfterEach
  void unmountDisk() throws Exception {
    Program.runToEnd(List.of("umount", "-l", logs.toString()));
  }

  private MountedFs mount() throws Exception {
    Path said = Files.createTempDirectory("vcgroupfs-it").toRealPath();
    Path place = said.resolve("mnt");
    List<String> command = Program.command("mount", "--foreground", "--log-level", "debug");
    command.addAll(List.of("--log", logs.resolve("log").toString(), place.toString()));
    return MountedFs.start(said, place, command);
  }

  private static void refuse(MountedFs fs) {
    for (int i = 0; i < REFUSALS; i++) { // each is a line at the level debug
      assertThat(Syscalls.writeOnce(fs.path("g/memory.limit_in_bytes"), "much"))
          .isEqualTo(-Errno.EINVAL.number());
    }
  }

  private String log() throws IOException {
    return Files.readString(logs.resolve("log"), StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatCannotBeLoggedIsCountedAndTheMountGoesOn() throws Exception {
    try (MountedFs fs = mount()) {
      fs.mkdir("g");
      refuse(fs);
      Path filler = logs.resolve("filler");
      try (OutputStream out = Files.newOutputStream(filler)) {
        while (true) {
          out.write(new byte[4096]);
        }
      } catch (IOException full) {
        assertThat(full).hasMessageContaining("No space left on device");
      }
      refuse(fs);
      long bytes = Files.size(logs.resolve("log"));
      refuse(fs);
      assertThat(Files.size(logs.resolve("log"))).isEqualTo(bytes);
      assertThat(fs.read("g/memory.stat")).isNotEmpty();

      Files.delete(filler);
      refuse(fs);
      assertThat(log()).containsPattern("\n[0-9]+ lines before this one could not be written\n20");

      assertThat(Program.runToEnd(List.of("umount", "-l", logs.toString())).status()).isZero();
      Files.delete(logs);
      refuse(fs);
      fs.mkdir("g/h");
      assertThat(logs).doesNotExist();

      Files.createDirectory(logs);
      refuse(fs);
      assertThat(log())
          .contains(" lines before this one could not be written\n")
          .contains("write (handle): ");
    }
  }
}
