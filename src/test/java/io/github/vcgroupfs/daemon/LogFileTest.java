package io.github.vcgroupfs.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.os.Identity;
import java.nio.file.Path;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

/** Where logs go. */
class LogFileTest {
  @Test
  void theNameIsThatOfTheMountPoint() {
    MountPoint place = new MountPoint(Path.of("/tmp/vcgroup"), "/tmp/vcgroup");
    assertThat(LogFile.byDefault(place, new Identity(0, 0, true)))
        .isEqualTo(new LogFile(Path.of("/var/log/vcgroupfs/tmp-vcgroup.log"), false));
    assertThat(LogFile.byDefault(place, new Identity(1000, 1000, false)).path().toString())
        .endsWith("/vcgroupfs/tmp-vcgroup.log")
        .doesNotStartWith("/var");
  }

  @Test
  void levelsAreThoseOfSlf4j() {
    for (LogLevel level : LogLevel.values()) {
      assertThat(LogLevel.nameOf(level.level())).isEqualTo(level.name());
    }
    assertThat(LogLevel.nameOf(Level.CONFIG)).isEqualTo("DEBUG");
  }
}
