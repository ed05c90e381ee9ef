package io.github.vcgroupfs.conformance;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.testing.TestProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A scratch group of any v1 memory hierarchy, the kernel's or a mount of ours, in the place of a
 * mount's root. Only processes that were started here are written into it; they and the group go
 * when it is closed.
 */
final class ScratchGroup implements CgroupMount {
  private final Path scratch;
  private final TestProcesses processes = new TestProcesses();

  /** Makes the group in that directory. */
  ScratchGroup(Path hierarchy) {
    scratch = hierarchy.resolve("vcgroupfs-scratch-" + ProcessHandle.current().pid());
    try {
      Files.createDirectory(scratch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Cgroup root() {
    return RealMount.directory(scratch);
  }

  /** It begins in the scratch group, as every process of a mount begins in its root. */
  @Override
  public int startProcess() {
    int pid = processes.start();
    try {
      root().write("cgroup.procs", Integer.toString(pid));
    } catch (ErrnoException e) {
      throw new AssertionError("a process of ours cannot be moved to " + scratch, e);
    }
    return pid;
  }

  @Override
  public void endProcess(int pid) {
    processes.end(pid);
  }

  @Override
  public void close() {
    processes.endAll();
    try {
      removeAll(root());
      Files.delete(scratch);
    } catch (ErrnoException e) {
      throw new AssertionError("a group in " + scratch + " cannot be removed", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes every group below, the deepest first. */
  static void removeAll(Cgroup group) throws ErrnoException {
    for (String name : group.list()) {
      if (group.stat(name).directory()) {
        removeAll(group.child(name));
        group.rmdir(name);
      }
    }
  }
}
