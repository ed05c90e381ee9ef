package io.github.vcgroupfs.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which command lines are those of daemons. */
class DaemonsTest {
  private static final String MAIN = "io.github.vcgroupfs.cli.Main";

  private static Optional<Daemons.Named> named(String... command) {
    return new Daemons(MAIN, "mount").named(List.of(command));
  }

  @Test
  void theMountPointIsTheLastWord() {
    assertThat(named("java", "-Dvcgroupfs.cwd=/home/u", "-cp", "x", MAIN, "mount", "--strict", "m"))
        .contains(new Daemons.Named(Optional.of("/home/u"), "m"));
    assertThat(named("java", "-cp", "x", MAIN, "mount", "/m"))
        .contains(new Daemons.Named(Optional.empty(), "/m"));
  }

  @Test
  void othersAreNoDaemons() {
    assertThat(named()).isEmpty();
    assertThat(named("java", "-cp", "x", MAIN, "umount", "/m")).isEmpty();
    assertThat(named("java", "-cp", "x", MAIN, "mount")).isEmpty();
    assertThat(named("grep", MAIN, "mount")).isEmpty();
    assertThat(named("sh", "mount-scripts/vcgroupfs", "mount", "/m")).isEmpty();
  }
}
