package io.github.vcgroupfs.soak;

import io.github.vcgroupfs.kernel.Errno;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Processes that are moved between groups, killed in them, or killed in the middle of calls. */
final class ProcessChurn implements Churn {
  private static final int SLEEPERS = 4;
  private static final int BUSY_MS = 150;
  private static final String BUSY =
      "while :; do cat \"$1\"/*.stat \"$1\"/tasks; mkdir \"$1\"/x; rmdir \"$1\"/x; done";

  private final Calls calls;
  private final Clients clients;
  private final List<Path> hierarchies;
  private final List<Process> sleepers = new ArrayList<>();

  ProcessChurn(Path memory, Path pids, Clients clients, Tally tally) {
    this.calls = new Calls(name(), tally);
    this.clients = clients;
    this.hierarchies = List.of(memory, pids);
  }

  @Override
  public String name() {
    return "process";
  }

  @Override
  public int pauseMs() {
    return 250;
  }

  @Override
  public void step(SplittableRandom random) throws Exception {
    while (sleepers.size() < SLEEPERS) {
      sleepers.add(clients.start("sleep", "100000"));
    }
    Path group =
        hierarchies.get(random.nextInt(hierarchies.size())).resolve("process" + random.nextInt(3));
    calls.mkdir(group, Errno.EEXIST);
    int which = random.nextInt(SLEEPERS);
    switch (random.nextInt(8)) {
      case 0 -> {
        clients.kill(sleepers.remove(which));
        calls.done();
      }
      case 1 -> killInTheMiddle(group, random);
      default -> move(sleepers.get(which), group);
    }
  }

  private void move(Process process, Path group) {
    calls.write(group.resolve("cgroup.procs"), process.pid() + "");
    String members = calls.read(group.resolve("cgroup.procs"));
    if (process.isAlive() && members.lines().noneMatch((process.pid() + "")::equals)) {
      calls.wrong(
          process.pid() + " was moved to " + group + ", which has " + members.lines().toList());
    }
    calls.read(group.resolve("tasks"));
  }

  private void killInTheMiddle(Path group, SplittableRandom random)
      throws IOException, InterruptedException {
    Process busy = clients.start("sh", "-c", BUSY, "sh", group.toString());
    calls.write(group.resolve("cgroup.procs"), busy.pid() + "", Errno.ESRCH);
    Thread.sleep(random.nextInt(BUSY_MS));
    clients.kill(busy);
    calls.rmdir(group.resolve("x"), Errno.ENOENT);
  }

  @Override
  public void rest() throws InterruptedException {
    for (Process each : sleepers) {
      clients.kill(each);
    }
    sleepers.clear();
  }
}
