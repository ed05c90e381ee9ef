package io.github.vcgroupfs.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.Needs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pictures of the documents can be made, and show something. {@code mount-scripts/figures} runs
 * this, too, with the folder of the documents, and a mount point that looks well in a picture.
 */
@MountTest
class FiguresIT {
  @Test
  void allPicturesCanBeMade(@TempDir Path temporary) throws Exception {
    Needs.programs("chromium", "chromedriver", "tmux");
    Path folder = Path.of(System.getProperty("vcgroupfs.figures", "target/figures"));
    String place =
        System.getProperty("vcgroupfs.figures.mount", temporary.resolve("mnt").toString());
    assertThat(Figures.make(folder.toAbsolutePath(), Path.of(place))).isEmpty();
  }
}
