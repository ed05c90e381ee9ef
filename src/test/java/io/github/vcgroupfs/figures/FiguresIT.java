package io.github.vcgroupfs.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.Needs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pictures of the documents can be made, and show something. */
@MountTest
class FiguresIT {
  @Test
  void allPicturesCanBeMade(@TempDir Path folder) throws Exception {
    Needs.programs("chromium", "chromedriver", "tmux");
    assertThat(Figures.make(Path.of("target", "figures"), folder.resolve("mnt"))).isEmpty();
  }
}
