package io.github.vcgroupfs.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of mount points, resolved as the kernel walks a path. */
class MountPointTest {
  @TempDir private Path folder;

  @BeforeEach
  void makeLinks() throws IOException {
    folder = folder.toRealPath();
    Files.createDirectories(folder.resolve("a/b/c"));
    Files.createSymbolicLink(folder.resolve("relative"), Path.of("a/b"));
    Files.createSymbolicLink(folder.resolve("absolute"), folder.resolve("a/./b/"));
    Files.createSymbolicLink(folder.resolve("chain"), Path.of("relative/../b"));
    Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(folder.resolve("dangling"), Path.of("not/there"));
  }

  private String resolve(String name) throws MountException {
    MountPoint place = MountPoint.resolve(folder, name);
    assertThat(place.bytes()).isEqualTo(place.toString()); // plain ASCII here
    return folder.relativize(place.path()).toString();
  }

  @Test
  void linksAndDotsAreFollowed() throws Exception {
    assertThat(resolve("a/b")).isEqualTo("a/b");
    assertThat(resolve("./a//b/.")).isEqualTo("a/b");
    assertThat(resolve("relative")).isEqualTo("a/b");
    assertThat(resolve("relative/c")).isEqualTo("a/b/c");
    assertThat(resolve("relative/..")).isEqualTo("a"); // not the folder itself
    assertThat(resolve("absolute/c")).isEqualTo("a/b/c");
    assertThat(resolve("chain/c")).isEqualTo("a/b/c");
    assertThat(resolve(folder + "/relative")).isEqualTo("a/b");
  }

  @Test
  void whatIsMissingIsTakenAsItIs() throws Exception {
    assertThat(resolve("a/new/deep")).isEqualTo("a/new/deep");
    assertThat(resolve("dangling/x")).isEqualTo("not/there/x");
  }

  @Test
  void theRootIsItsOwnParent() throws Exception {
    assertThat(MountPoint.resolve(folder, "/../..").path()).isEqualTo(Path.of("/"));
  }

  @Test
  void loopsAndBadNamesAreRefused() {
    assertThatThrownBy(() -> resolve("loop/x"))
        .isInstanceOf(MountException.class)
        .hasMessage("cannot find loop/x: too many symbolic links");
    assertThatThrownBy(() -> resolve("nul\0")).isInstanceOf(MountException.class);
  }
}
