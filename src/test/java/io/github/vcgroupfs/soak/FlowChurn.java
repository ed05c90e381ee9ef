package io.github.vcgroupfs.soak;

import io.github.vcgroupfs.kernel.Errno;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Simulated connections that are added, changed and removed. */
final class FlowChurn implements Churn {
  private static final int FLOWS = 4;

  private final Calls calls;
  private final Path group;
  private final Path file;

  FlowChurn(Path memory, Tally tally) {
    this.calls = new Calls(name(), tally);
    this.group = memory.resolve("flow");
    this.file = group.resolve("sim.tcp.flows");
  }

  @Override
  public String name() {
    return "flow";
  }

  @Override
  public int pauseMs() {
    return 250;
  }

  @Override
  public void step(SplittableRandom random) {
    calls.mkdir(group, Errno.EEXIST);
    String flow = "f" + random.nextInt(FLOWS);
    switch (random.nextInt(6)) {
      case 0, 1 ->
          calls.write(
              file,
              "add %s connections=%d send=%dK/s read=%dK/s rtt=%dms"
                  .formatted(
                      flow,
                      1 + random.nextInt(4),
                      random.nextInt(500),
                      random.nextInt(500),
                      random.nextInt(20)),
              Errno.EEXIST,
              Errno.EINVAL);
      case 2 ->
          calls.write(file, "set " + flow + " read=" + random.nextInt(500) + "K/s", Errno.ENOENT);
      case 3 -> calls.write(file, "remove " + flow, Errno.ENOENT);
      case 4 ->
          calls.write(
              group.resolve("memory.kmem.tcp.limit_in_bytes"),
              (64 + random.nextInt(1_000)) + "K",
              Errno.EBUSY);
      default -> {
        calls.read(group.resolve("sim.tcp.sockets"));
        calls.read(group.resolve("sim.tcp.stat"));
      }
    }
  }

  @Override
  public void rest() {
    for (int i = 0; i < FLOWS; i++) {
      calls.write(file, "remove f" + i, Errno.ENOENT);
    }
  }
}
