package io.github.vcgroupfs.conformance;

import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Real mounts for the tests of one class: each costs the start of a JVM, which is more than most
 * tests take. A mount that a test gives back serves the next one, if nobody can tell it from a
 * fresh one: no group is left, and its root has the files, modes, owners and texts that it had at
 * first. Otherwise it is unmounted, and the next test gets a fresh one.
 *
 * <p>Two things are not compared. The processes of the machine, which come and go. And what a mount
 * remembers of the past and nobody acts on: {@code sim.why}, {@code sim.journal}, and how often a
 * static branch was flipped. A test of these wants {@link MountedSuite#freshMount}.
 */
final class SharedMounts implements AfterAllCallback {
  private static final Set<String> NOT_COMPARED =
      Set.of("cgroup.procs", "tasks", "sim.why", "sim.journal");

  private final Map<CgroupMount.Options, Deque<Shared>> idle = new HashMap<>();

  /** One that looks fresh. */
  CgroupMount take(CgroupMount.Options options) {
    Deque<Shared> waiting = idle.computeIfAbsent(options, any -> new ArrayDeque<>());
    return waiting.isEmpty() ? new Shared(new RealMount(options), waiting) : waiting.remove();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    for (Deque<Shared> waiting : idle.values()) {
      while (!waiting.isEmpty()) {
        waiting.remove().mount.close();
      }
    }
  }

  private static final class Shared implements CgroupMount {
    private final RealMount mount;
    private final Deque<Shared> waiting;
    private final Map<String, String> fresh;

    Shared(RealMount mount, Deque<Shared> waiting) {
      this.mount = mount;
      this.waiting = waiting;
      fresh = look(mount.root());
      if (!fresh.containsKey("tasks")) { // an empty directory looks the same before and after
        throw new AssertionError("nobody serves the mount any more: " + fresh);
      }
    }

    @Override
    public Cgroup root() {
      return mount.root();
    }

    @Override
    public int startProcess() {
      return mount.startProcess();
    }

    @Override
    public void endProcess(int pid) {
      mount.endProcess(pid);
    }

    /** The end of a test. */
    @Override
    public void close() {
      mount.endProcesses();
      mount.assertNoDefectIsLogged();
      if (isEmpty() && look(mount.root()).equals(fresh)) {
        waiting.add(this);
      } else {
        mount.close();
      }
    }

    /** Whether all groups could be removed: what holds one is the test's own affair. */
    private boolean isEmpty() {
      try {
        ScratchGroup.removeAll(mount.root());
        return true;
      } catch (ErrnoException held) {
        return false;
      }
    }
  }

  /** What can be seen of a root directory, by file; {@code sim.proc} tells of processes. */
  private static Map<String, String> look(Cgroup root) {
    Map<String, String> seen = new TreeMap<>();
    try {
      seen.put(".", attributes(root, ".") + root.listXattr("."));
      for (String name : root.list()) {
        seen.put(name, attributes(root, name) + root.listXattr(name));
        if (!root.stat(name).directory() && !NOT_COMPARED.contains(name)) {
          seen.put(name + " text", text(root, name));
        }
      }
    } catch (ErrnoException broken) {
      throw new AssertionError("the root of a mount cannot be looked at", broken);
    }
    return seen;
  }

  private static String attributes(Cgroup root, String name) throws ErrnoException {
    Cgroup.Stat stat = root.stat(name);
    return "%o %d:%d %d".formatted(stat.mode(), stat.uid(), stat.gid(), stat.nlink());
  }

  private static String text(Cgroup root, String name) {
    try {
      return root.read(name).replaceAll("flips=[0-9]+", "flips");
    } catch (ErrnoException refusal) { // a file that can only be written
      return refusal.errno().toString();
    }
  }
}
