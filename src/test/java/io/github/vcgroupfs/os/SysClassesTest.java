package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysClassesTest {
  @TempDir private Path sys;

  private void put(String file, String text) throws IOException {
    Path path = sys.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text, ISO_8859_1);
  }

  @Test
  void disksPartitionsAndSchedulers() throws IOException {
    put("dev/block/8:0/queue/scheduler", "none mq-deadline [bfq]\n");
    put("dev/block/8:1/partition", "1\n");
    Files.createDirectories(sys.resolve("dev/block/7:0"));
    SysClasses classes = new SysClasses(sys);
    assertThat(classes.isBlockDevice(8, 0)).isTrue();
    assertThat(classes.isPartition(8, 0)).isFalse();
    assertThat(classes.scheduler(8, 0)).isEqualTo("bfq");
    assertThat(classes.isPartition(8, 1)).isTrue();
    assertThat(classes.isBlockDevice(7, 0)).isTrue();
    assertThat(classes.scheduler(7, 0)).isEmpty();
    assertThat(classes.isBlockDevice(7, 1)).isFalse();
  }

  @Test
  void sizesOfHugePagesAscend() throws IOException {
    for (String name : new String[] {"hugepages-1048576kB", "hugepages-2048kB", "other"}) {
      Files.createDirectories(sys.resolve("kernel/mm/hugepages/" + name));
    }
    assertThat(new SysClasses(sys).hugePageSizes()).containsExactly(2L << 20, 1L << 30);
  }

  @Test
  void interfacesInTheOrderInWhichTheyCame() throws IOException {
    put("class/net/eth0/ifindex", "12\n");
    put("class/net/lo/ifindex", "1\n");
    put("class/net/aaa/ifindex", "3\n");
    put("class/net/bonding_masters", "\n");
    assertThat(new SysClasses(sys).interfaces()).containsExactly("lo", "aaa", "eth0");
  }

  @Test
  void withoutSysThereIsNothing() {
    SysClasses classes = new SysClasses(sys);
    assertThat(classes.hugePageSizes()).isEmpty();
    assertThat(classes.interfaces()).isEmpty();
    assertThat(classes.isBlockDevice(8, 0)).isFalse();
  }
}
