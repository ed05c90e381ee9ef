package io.github.vcgroupfs.mount;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Odd places for a mount: each works, or is refused with a sentence and leaves nothing behind. */
@MountTest
class PlacesIT {
  @TempDir private Path folder;

  @BeforeEach
  void resolveFolder() throws IOException {
    folder = folder.toRealPath();
  }

  @AfterEach
  void nothingIsMounted() throws IOException {
    assertThat(Files.readAllLines(Path.of("/proc/self/mountinfo")))
        .noneMatch(line -> line.contains(" " + folder));
  }

  private static Ended refused(String why) {
    return new Ended(1, "", "vcgroupfs: " + why + "\n");
  }

  @Test
  void placesThatCannotBeAreRefusedAndNothingIsMade() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    Path toFile = Files.createSymbolicLink(folder.resolve("toFile"), Path.of("file"));
    String tooLong = "x".repeat(256);

    assertThat(Program.run("mount", "/"))
        .isEqualTo(refused("/ cannot be the mount point: the root directory is in use"));
    assertThat(Program.run("mount", loop.toString()))
        .isEqualTo(refused("cannot find " + loop + ": too many symbolic links"));
    assertThat(Program.run("mount", toFile.toString()))
        .isEqualTo(refused(file + " cannot be the mount point: it is no directory"));
    assertThat(Program.run("mount", file.resolve("below").toString()))
        .isEqualTo(refused(file.resolve("below") + " cannot be the mount point: Not a directory"));
    assertThat(Program.run("mount", folder.resolve("a").resolve(tooLong).toString()))
        .isEqualTo(
            refused(
                folder.resolve("a").resolve(tooLong)
                    + " cannot be the mount point: File name too long"));
    assertThat(names()).containsExactlyInAnyOrder("file", "loop", "toFile");
  }

  /** Java would put another character for the byte, and so mount at another place. */
  @Test
  void aNameThatIsNoTextIsRefusedAndNoOtherPlaceIsTaken() throws Exception {
    Path script = folder.resolve("script");
    String words =
        Program.command("mount").stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    Files.writeString(script, words + " \"$(printf '%s/a\\377b' " + folder + ")\"\n");
    Ended ended = Program.runToEnd(List.of("sh", script.toString()));
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .startsWith("vcgroupfs: " + folder + "/a\ufffdb cannot be a mount point: ")
        .contains("bytes that are no text in UTF-8");
    assertThat(names()).containsExactly("script");
  }

  /**
   * Blanks, quotes, a backslash, a comma that could begin an option, and other people's letters.
   */
  @Test
  void namesThatAreOddWork() throws Exception {
    for (String name : List.of("a b  c", "a\\040b, allow_root", "\u00e4\u4e2d", "-o ro'\"")) {
      Path place = folder.resolve(name);
      mountAndUnmount(place);
      assertThat(place).isEmptyDirectory();
      Files.delete(place);
    }
  }

  @Test
  void aNewlineInANameWorks() throws Exception {
    mountAndUnmount(folder.resolve("a\nb"));
    assertThat(names()).containsExactly("a\nb");
  }

  @Test
  void whereADanglingLinkLeadsTheFolderIsMade() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere/deep"));
    mountAndUnmount(link);
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.isDirectory(folder.resolve("nowhere/deep"), LinkOption.NOFOLLOW_LINKS))
        .isTrue();
  }

  private void mountAndUnmount(Path place) throws Exception {
    List<String> command = new ArrayList<>(Program.command("mount", "--foreground"));
    command.addAll(List.of("--log", folder.resolve("log").toString(), place.toString()));
    Path said = Files.createTempFile("vcgroupfs-it", "said");
    Process daemon =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    while (daemon.isAlive() && Files.size(said) == 0) {
      Thread.sleep(5);
    }
    assertThat(Files.readString(said, UTF_8)).contains(" mounted on ");
    assertThat(place.resolve("tasks")).exists();
    assertThat(Program.run("umount", place.toString())).isEqualTo(new Ended(0, "", ""));
    assertThat(daemon.waitFor()).isZero();
    Files.delete(said);
    Files.deleteIfExists(folder.resolve("log"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(each -> each.getFileName().toString()).toList();
    }
  }
}
