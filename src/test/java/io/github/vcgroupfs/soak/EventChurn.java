package io.github.vcgroupfs.soak;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.testing.Syscalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Registrations for events: of thresholds, of want of memory and of pressure. Some are closed, and
 * their group is removed; others are left behind by processes that are killed.
 */
final class EventChurn implements Churn {
  private static final int POLLIN = 1;
  private static final int MAX_LOOKS = 5_000;

  /** Registers three eventfds in a group, says so, and waits to be killed. */
  private static final String CLIENT =
      """
      import ctypes, os, signal, sys
      group = sys.argv[1]
      kept = []
      for name, args in (('usage_in_bytes', '64K'), ('oom_control', ''), ('pressure_level', 'low')):
        efd = ctypes.CDLL(None).eventfd(0, 0)
        fd = os.open(group + '/memory.' + name, os.O_RDONLY)
        out = os.open(group + '/cgroup.event_control', os.O_WRONLY)
        os.write(out, ('%d %d %s' % (efd, fd, args)).encode())
        os.close(out)
        kept += [efd, fd]
      print('ready', flush=True)
      signal.pause()
      """;

  private final Calls calls;
  private final Clients clients;
  private final Path parent;

  EventChurn(Path memory, Clients clients, Tally tally) {
    this.calls = new Calls(name(), tally);
    this.clients = clients;
    this.parent = memory.resolve("event");
  }

  @Override
  public String name() {
    return "event";
  }

  @Override
  public int pauseMs() {
    return 500;
  }

  @Override
  public void step(SplittableRandom random) throws Exception {
    calls.mkdir(parent, Errno.EEXIST);
    if (random.nextInt(8) == 0) {
      leaveBehind();
    } else {
      beTold(random);
    }
  }

  private void beTold(SplittableRandom random) throws InterruptedException {
    Path group = parent.resolve("e");
    calls.mkdir(group);
    int efd = Syscalls.eventfd();
    register(group, efd, "memory.usage_in_bytes", "64K");
    if (random.nextBoolean()) {
      register(group, efd, "memory.oom_control", "");
      register(group, efd, "memory.pressure_level", "low");
    }
    calls.write(group.resolve("memory.usage_in_bytes"), "128K");
    int looks = 0;
    while ((Syscalls.poll(efd, POLLIN) & POLLIN) == 0 && looks < MAX_LOOKS) {
      looks++;
      Thread.sleep(1);
    }
    if (looks == MAX_LOOKS) {
      calls.wrong("nobody was told that usage of " + group + " passed 64K");
    }
    calls.write(group.resolve("memory.usage_in_bytes"), "0");
    if (random.nextBoolean()) { // closed before the group goes, or after
      Syscalls.close(efd);
      calls.rmdir(group);
    } else {
      calls.rmdir(group);
      Syscalls.close(efd);
    }
  }

  private void register(Path group, int efd, String file, String args) {
    int fd = Syscalls.open(group.resolve(file), Syscalls.O_RDONLY);
    calls.write(group.resolve("cgroup.event_control"), efd + " " + fd + " " + args);
    Syscalls.close(fd);
  }

  private void leaveBehind() throws IOException, InterruptedException {
    Process client = clients.startTalking("python3", "-c", CLIENT, parent.toString());
    try (BufferedReader said = client.inputReader()) {
      if ("ready".equals(said.readLine())) {
        calls.done();
      } else {
        calls.wrong("a client could not register for events in " + parent);
      }
    }
    clients.kill(client);
  }

  @Override
  public void rest() {}
}
