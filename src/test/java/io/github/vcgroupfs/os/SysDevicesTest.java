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
  void kernelMaxIsTheLastOne() throws IOException {
    assertThat(new SysDevices(system).mostCpus()).isEqualTo(8192);
    put("cpu/kernel_max", "255\n");
    assertThat(new SysDevices(system).mostCpus()).isEqualTo(256);
  }

  /** The first domain that has all processors that work. */
  @Test
  void domainsGrowFromCoreToMachine() throws IOException {
    put("cpu/online", "1-4\n");
    put("cpu/cpu1/topology/thread_siblings_list", "1-2\n");
    put("cpu/cpu1/cache/index3/shared_cpu_list", "1-2\n");
    put("cpu/cpu1/topology/core_siblings_list", "1-2\n");
    assertThat(new SysDevices(system).lastDomainLevel()).isEqualTo(3);
    put("cpu/cpu1/topology/core_siblings_list", "1-4\n");
    assertThat(new SysDevices(system).lastDomainLevel()).isEqualTo(2);
    put("cpu/cpu1/cache/index3/shared_cpu_list", "1-4\n");
    assertThat(new SysDevices(system).lastDomainLevel()).isEqualTo(1);
    put("cpu/online", "1-2\n");
    put("cpu/cpu1/topology/thread_siblings_list", "1-2\n");
    assertThat(new SysDevices(system).lastDomainLevel()).isZero();
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
