package io.github.vcgroupfs.figures;

import io.github.vcgroupfs.testing.MountedFs;
import java.io.IOException;

/** A hierarchy in which something happens: what the pictures show. */
final class Busy implements AutoCloseable {
  private final MountedFs mounted;

  private Busy(MountedFs mounted) {
    this.mounted = mounted;
  }

  /** Groups of a host, with memory in use. */
  static Busy start() throws IOException, InterruptedException {
    Busy busy = new Busy(MountedFs.start());
    busy.group("db", "2G", "1500M");
    busy.group("batch", "512M", "0");
    busy.group("batch/night", "256M", "250M");
    busy.group("batch/report", "128M", "60M");
    busy.group("web", "1G", "310M");
    busy.group("web/static", "256M", "90M");
    return busy;
  }

  private void group(String name, String limit, String usage) throws IOException {
    mounted.mkdir(name);
    mounted.write(name + "/memory.limit_in_bytes", limit);
    mounted.write(name + "/memory.usage_in_bytes", usage);
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

  /** The article's file, refused. */
  void refusal() {
    try {
      mounted.write("web/kmem.tcp.limit_in_bytes", "64K");
      throw new AssertionError("64K is below what is in use: it must be refused");
    } catch (IOException refused) {
      // what we wanted: it is in the journal now
      assert refused.getMessage() != null;
    }
  }

  @Override
  public void close() throws IOException {
    mounted.close();
  }
}
