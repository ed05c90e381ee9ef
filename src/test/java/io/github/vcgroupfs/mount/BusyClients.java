package io.github.vcgroupfs.mount;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.testing.Syscalls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that do on a mount whatever makes a daemon hold something: groups, members, events,
 * connections, faults, open files. Each goes on until a call of its own finds the mount dead, and
 * remembers answers that no kernel and no dead mount gives.
 */
final class BusyClients {
  /** What calls that are being answered end with: {@code fuse_abort_conn} in the kernel. */
  private static final int ECONNABORTED = 103;

  /** The answers of a mount whose daemon is gone. */
  static final Set<Integer> DEAD = Set.of(-Errno.ENOTCONN.number(), -ECONNABORTED);

  /** What these calls may be refused with while the mount lives. */
  private static final Set<Integer> REFUSALS =
      Set.of(
          -Errno.EBUSY.number(),
          -Errno.ENOENT.number(),
          -Errno.EEXIST.number(),
          -Errno.ENODEV.number(),
          -Errno.EINVAL.number(),
          -Errno.ESRCH.number(),
          -Errno.EAGAIN.number(),
          -Errno.ENOSPC.number(),
          -Errno.EACCES.number());

  private static final int GROUPS = 8;
  private static final int MAX_LOOKS = 5_000;

  private final Path root;
  private final int member;
  private final AtomicLong calls = new AtomicLong();
  private final Set<String> strange = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();

  private BusyClients(Path root, int member) {
    this.root = root;
    this.member = member;
  }

  /**
   * Starts them.
   *
   * @param member a process that is moved about
   */
  static BusyClients start(Path root, int member, int count, long seed) {
    BusyClients clients = new BusyClients(root, member);
    for (int i = 0; i < count; i++) {
      SplittableRandom random = new SplittableRandom(seed + i);
      Thread thread = new Thread(() -> clients.work(random), "busy-" + i);
      thread.setDaemon(true); // one that hangs is told, and must not keep the JVM
      clients.threads.add(thread);
      thread.start();
    }
    return clients;
  }

  /** How many calls were answered. */
  long calls() {
    return calls.get();
  }

  /** Waits until so many calls were answered, some seconds at most. */
  void awaitCalls(int count) throws InterruptedException {
    for (int i = 0; i < MAX_LOOKS && calls.get() < count; i++) {
      Thread.sleep(1);
    }
  }

  /** Waits for the end of all; the names of those that are not done in time. */
  List<String> awaitEnd(long limitMs) throws InterruptedException {
    long deadlineNs = System.nanoTime() + limitMs * 1_000_000;
    List<String> hanging = new ArrayList<>();
    for (Thread each : threads) {
      each.join(Math.max(1, (deadlineNs - System.nanoTime()) / 1_000_000));
      if (each.isAlive()) {
        hanging.add(each.getName());
      }
    }
    return hanging;
  }

  /** Answers that none of the calls should get. */
  Set<String> strange() {
    return strange;
  }

  private void work(SplittableRandom random) {
    boolean alive = true;
    while (alive) {
      Path group = root.resolve("g" + random.nextInt(GROUPS));
      alive =
          switch (random.nextInt(8)) {
            case 0, 1 -> isAlive("mkdir", Syscalls.mkdir(group));
            case 2 -> isAlive("rmdir", Syscalls.rmdir(group));
            case 3 -> writes(group, "tasks", Integer.toString(member));
            case 4 -> writes(group, "memory.limit_in_bytes", random.nextInt(1 << 20) + "000");
            case 5 -> writes(group, "sim.tcp.flows", "add f send=1M/s read=1M/s");
            case 6 -> registers(group);
            default -> reads(group);
          };
    }
  }

  private boolean isAlive(String call, int result) {
    calls.incrementAndGet();
    if (result < 0 && !DEAD.contains(result) && !REFUSALS.contains(result)) {
      strange.add(call + " " + result);
    }
    return !DEAD.contains(result);
  }

  private boolean writes(Path group, String file, String text) {
    return isAlive("write " + file, Syscalls.writeOnce(group.resolve(file), text));
  }

  private boolean reads(Path group) {
    int fd = Syscalls.open(group.resolve("memory.stat"), Syscalls.O_RDONLY);
    if (fd < 0) {
      return isAlive("open", fd);
    }
    boolean alive = isAlive("read", Syscalls.tryRead(fd, 4096));
    Syscalls.close(fd);
    return alive;
  }

  private boolean registers(Path group) {
    int usage = Syscalls.open(group.resolve("memory.usage_in_bytes"), Syscalls.O_RDONLY);
    if (usage < 0) {
      return isAlive("open", usage);
    }
    int event = Syscalls.eventfd();
    boolean alive = writes(group, "cgroup.event_control", "%d %d 4096".formatted(event, usage));
    Syscalls.close(event);
    Syscalls.close(usage);
    return alive;
  }
}
