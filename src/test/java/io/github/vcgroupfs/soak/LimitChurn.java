package io.github.vcgroupfs.soak;

import io.github.vcgroupfs.kernel.Errno;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Limits and usage that are written, in a group and in one below it. */
final class LimitChurn implements Churn {
  private static final int MAX_KIB = 4_096;
  private static final List<String> RESET =
      List.of(
          "memory.failcnt",
          "memory.max_usage_in_bytes",
          "memory.memsw.failcnt",
          "memory.kmem.tcp.max_usage_in_bytes");

  private final Calls calls;
  private final Path pids;
  private final List<Path> groups;

  LimitChurn(Path memory, Path pids, Tally tally) {
    this.calls = new Calls(name(), tally);
    this.groups = List.of(memory.resolve("limit"), memory.resolve("limit/below"));
    this.pids = pids.resolve("limit");
  }

  @Override
  public String name() {
    return "limit";
  }

  @Override
  public int pauseMs() {
    return 60;
  }

  @Override
  public void step(SplittableRandom random) {
    groups.forEach(group -> calls.mkdir(group, Errno.EEXIST));
    Path group = groups.get(random.nextInt(groups.size()));
    String size = random.nextInt(MAX_KIB) + "K";
    switch (random.nextInt(7)) {
      case 0 ->
          calls.write(group.resolve("memory.limit_in_bytes"), size, Errno.EBUSY, Errno.EINVAL);
      case 1 -> calls.write(group.resolve("memory.kmem.tcp.limit_in_bytes"), size, Errno.EBUSY);
      case 2 ->
          calls.write(group.resolve("memory.usage_in_bytes"), size, Errno.ENOMEM, Errno.EBUSY);
      case 3 -> calls.write(group.resolve("memory.limit_in_bytes"), "-1", Errno.EINVAL);
      case 4 -> calls.write(group.resolve(RESET.get(random.nextInt(RESET.size()))), "0");
      case 5 -> pidsMax(random);
      default -> calls.read(group.resolve("memory.stat"));
    }
  }

  private void pidsMax(SplittableRandom random) {
    calls.mkdir(pids, Errno.EEXIST);
    String max = random.nextBoolean() ? "max" : random.nextInt(1_000) + "";
    calls.write(pids.resolve("pids.max"), max);
    String kept = calls.read(pids.resolve("pids.max"));
    if (!kept.equals(max + "\n")) {
      calls.wrong(pids + "/pids.max: wrote " + max + ", read \"" + kept + "\"");
    }
  }

  @Override
  public void rest() {
    // below first: what it takes, and what the kernel keeps for it, is charged to its parent
    Path below = groups.get(1);
    calls.write(below.resolve("memory.usage_in_bytes"), "0", Errno.ENOENT);
    calls.rmdir(below, Errno.ENOENT);
    calls.write(groups.get(0).resolve("memory.usage_in_bytes"), "0", Errno.ENOENT);
  }
}
