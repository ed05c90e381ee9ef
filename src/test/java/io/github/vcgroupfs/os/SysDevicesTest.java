package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysDevicesTest {
  @TempDir private Path system;

  private void put(String file, String text) throws IOException {
    Path path = system.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text, ISO_8859_1);
  }

  @Test
  void listsAreRead() throws IOException {
    put("cpu/possible", "0-3,8,10-11\n");
    put("cpu/online", "0,2\n");
    put("node/has_memory", "1\n");
    SysDevices devices = new SysDevices(system);
    assertThat(devices.possibleCpus()).hasToString("{0, 1, 2, 3, 8, 10, 11}");
    assertThat(devices.onlineCpus()).hasToString("{0, 2}");
    assertThat(devices.memoryNodes()).hasToString("{1}");
  }

  @Test
  void withoutSysThereIsWhatJavaSeesAndOneNode() {
    SysDevices devices = new SysDevices(system);
    assertThat(devices.possibleCpus().cardinality())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(devices.onlineCpus()).isEqualTo(devices.possibleCpus());
    assertThat(devices.memoryNodes()).hasToString("{0}");
  }
}
