package io.github.vcgroupfs.soak;

import io.github.vcgroupfs.kernel.Errno;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Faults that are set, strike and are cleared; and clients that are killed while they wait. */
final class FaultChurn implements Churn {
  private static final List<String> FAULTS =
      List.of(
          "read memory.stat delay=50ms",
          "open memory.stat error=ENODEV count=3",
          "read memory.stat error=ENOMEM probability=0.5",
          "read memory.stat short=5 after=2",
          "write memory.limit_in_bytes error=EBUSY",
          "mkdir * error=ENOMEM");
  private static final int KILL_AFTER_MS = 100;

  private final Calls calls;
  private final Clients clients;
  private final Path group;
  private final Path fault;

  FaultChurn(Path memory, Clients clients, Tally tally) {
    this.calls = new Calls(name(), tally);
    this.clients = clients;
    this.group = memory.resolve("fault");
    this.fault = group.resolve("sim.fault");
  }

  @Override
  public String name() {
    return "fault";
  }

  @Override
  public int pauseMs() {
    return 500;
  }

  @Override
  public void step(SplittableRandom random) throws Exception {
    calls.mkdir(group, Errno.EEXIST);
    calls.write(fault, FAULTS.get(random.nextInt(FAULTS.size())));
    for (int i = 0; i < 4; i++) {
      calls.read(group.resolve("memory.stat"), Errno.ENODEV, Errno.ENOMEM);
    }
    calls.write(group.resolve("memory.limit_in_bytes"), "8M", Errno.EBUSY);
    Path below = group.resolve("below");
    if (calls.mkdir(below, Errno.ENOMEM) == 0) {
      calls.rmdir(below);
    }
    if (random.nextInt(8) == 0) {
      killOneThatWaits(random);
    }
    calls.write(fault, "clear");
  }

  private void killOneThatWaits(SplittableRandom random) throws IOException, InterruptedException {
    calls.write(fault, "read memory.numa_stat delay=300ms");
    Process waiting = clients.start("cat", group.resolve("memory.numa_stat").toString());
    Thread.sleep(random.nextInt(KILL_AFTER_MS));
    clients.kill(waiting);
    calls.done();
  }

  @Override
  public void rest() {
    calls.write(fault, "clear", Errno.ENOENT);
  }
}
