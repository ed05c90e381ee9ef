package io.github.vcgroupfs.soak;

import java.nio.file.Path;
import java.util.SplittableRandom;

/** What people do to look at a hierarchy: cat, find and ls, as processes. */
final class ReadChurn implements Churn {
  private static final int KILLED = 128;

  private final Calls calls;
  private final Clients clients;
  private final Path mount;

  ReadChurn(Path mount, Clients clients, Tally tally) {
    this.calls = new Calls(name(), tally);
    this.clients = clients;
    this.mount = mount;
  }

  @Override
  public String name() {
    return "reader";
  }

  @Override
  public int pauseMs() {
    return 1_000;
  }

  @Override
  public void step(SplittableRandom random) throws Exception {
    int status =
        switch (random.nextInt(4)) {
          case 0 -> clients.run("find", mount.toString(), "-type", "f");
          case 1 -> clients.run("ls", "-lR", mount.resolve("memory/limit").toString());
          case 2 -> clients.run("sh", "-c", "cat \"$1\"/*", "sh", mount.resolve("pids").toString());
          default ->
              clients.run(
                  "sh", "-c", "cat \"$1\"/*", "sh", mount.resolve("memory/flow").toString());
        };
    // 1, 2: some files are for writing only, and groups go while they are looked at
    if (status >= KILLED) {
      calls.wrong("a reader ended with status " + status);
    } else {
      calls.done();
    }
  }

  @Override
  public void rest() {}
}
