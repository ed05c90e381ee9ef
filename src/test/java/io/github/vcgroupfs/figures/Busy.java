package io.github.vcgroupfs.figures;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.testing.MountedFs;
import java.io.IOException;
import java.nio.file.Path;

/** A hierarchy in which something happens: what the pictures show. */
final class Busy implements AutoCloseable {
  private final MountedFs mounted;

  private Busy(MountedFs mounted) {
    this.mounted = mounted;
  }

  /** Mounts on a place; groups of a host, with memory in use. */
  static Busy start(Path place) throws IOException, InterruptedException {
    Busy busy = new Busy(MountedFs.at(place));
    busy.group("db", "2G");
    busy.use("db", "1500M");
    busy.group("batch", "512M");
    busy.mounted.write("batch/memory.use_hierarchy", "1");
    busy.group("batch/night", "256M");
    busy.use("batch/night", "250M");
    busy.group("batch/report", "128M");
    busy.use("batch/report", "60M");
    busy.group("web", "1G");
    busy.mounted.write("web/memory.use_hierarchy", "1");
    busy.group("web/static", "256M");
    busy.use("web/static", "90M");
    busy.use("web", "310M");
    return busy;
  }

  private void group(String name, String limit) throws IOException {
    mounted.mkdir(name);
    mounted.write(name + "/memory.limit_in_bytes", limit);
  }

  private void use(String name, String bytes) throws IOException {
    mounted.write(name + "/memory.usage_in_bytes", bytes);
  }

  MountedFs mounted() {
    return mounted;
  }

  /** Readers that are a little too slow, below a limit that leaves them room. */
  void traffic() throws IOException {
    mounted.write("web/kmem.tcp.limit_in_bytes", "4M");
    mounted.write(
        "web/sim.tcp.flows", "add api connections=4 chunk=16K send=2M/s read=max rtt=20ms");
    mounted.write("db/kmem.tcp.limit_in_bytes", "16M");
    mounted.write(
        "db/sim.tcp.flows", "add replica connections=2 chunk=64K send=8M/s read=7M/s rtt=5ms");
  }

  /** Senders that nobody reads from: the limit is reached. */
  void flood() throws IOException {
    mounted.write("web/sim.tcp.flows", "add uploads connections=8 chunk=16K send=4M/s read=400K/s");
  }

  /** The article's file takes no limit below what is in use. */
  void refusal() {
    assertThatThrownBy(() -> mounted.write("web/kmem.tcp.limit_in_bytes", "64K"))
        .hasMessageContaining("busy");
  }

  @Override
  public void close() throws IOException {
    mounted.close();
  }
}
