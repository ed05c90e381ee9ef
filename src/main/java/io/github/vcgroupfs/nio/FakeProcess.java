package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.cgroup.CpuTime;
import io.github.vcgroupfs.injvm.World;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * A made-up process. Groups list it, count it and move it like a real one; it runs nothing.
 * Thread-safe.
 */
public final class FakeProcess {
  private final World world;
  private final int pid;

  FakeProcess(World world, int pid) {
    this.world = world;
    this.pid = pid;
  }

  /** {@return its id} */
  public int pid() {
    return pid;
  }

  /** {@return whether it has not ended} */
  public boolean isAlive() {
    return world.processes().isAlive(pid);
  }

  /** {@return whether it has ended and its parent did not wait for it yet} */
  public boolean isZombie() {
    return world.processes().isZombie(pid);
  }

  /** {@return the ids of its threads, ascending; none if it has ended} */
  public List<Integer> threads() {
    return world.processes().threads(pid);
  }

  /**
   * Starts another thread, in the groups of its oldest one.
   *
   * @return the id of the thread
   * @throws IOException "No such process" if it has ended, "Resource temporarily unavailable" if
   *     {@code pids.max} of its group, or of one above, is reached
   */
  public int addThread() throws IOException {
    return Refusals.ask(toString(), () -> world.addThread(pid));
  }

  /**
   * Ends a thread. With its last thread a process ends.
   *
   * @param tid the id of the thread
   * @return whether there was a thread of that id
   */
  public boolean endThread(int tid) {
    return threads().contains(tid) && world.endThread(tid);
  }

  /**
   * Starts a child in the groups of its oldest thread. When the child exits, it is a zombie until
   * {@link #reap}.
   *
   * @return the child
   * @throws IOException "No such process" if it has ended
   */
  public FakeProcess fork() throws IOException {
    return new FakeProcess(world, Refusals.ask(toString(), () -> world.fork(pid)).intValue());
  }

  /**
   * Uses processor time, which {@code cpuacct} counts for its group.
   *
   * @param cpu the number of the processor, from 0 on
   * @param user time in user mode
   * @param system time in kernel mode
   * @throws IOException "No such process" if it has ended
   */
  public void useCpu(int cpu, Duration user, Duration system) throws IOException {
    long userNs = user.toNanos();
    long systemNs = system.toNanos();
    Refusals.order(
        toString(),
        () ->
            world
                .processes()
                .use(pid, cpu, new CpuTime(Math.addExact(userNs, systemNs), userNs, systemNs)));
  }

  /**
   * Ends, with all its threads. A child of a fake process is a zombie then, the others are gone.
   */
  public void exit() {
    boolean unused = world.end(pid);
  }

  /**
   * Its parent waits for it: the zombie is gone.
   *
   * @throws IOException "No such process" if it is no zombie
   */
  public void reap() throws IOException {
    Refusals.order(toString(), () -> world.processes().reap(pid));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FakeProcess process && process.world == world && process.pid == pid;
  }

  @Override
  public int hashCode() {
    return pid;
  }

  @Override
  public String toString() {
    return "process " + pid;
  }
}
