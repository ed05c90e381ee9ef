package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.fault.FaultFile;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.file.MountFiles;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.cgroupfs.file.Writer;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * The calls of a file system, for whoever made it: to be told of them, and to make them fail. It
 * works in strict file systems, too, which show no {@code sim.*} files. Thread-safe.
 */
public final class CallControl {
  private final CallRunner runner;
  private final ServedFile faults;
  private final Writer writer;

  CallControl(CallRunner runner, Faults faults, MountFiles mount, Caller owner) {
    this.runner = runner;
    this.faults = new FaultFile(faults, mount.table());
    this.writer = new Writer(owner, mount.sharing(), mount.inodes());
  }

  /** Adds a listener. It is told of every call from now on. */
  public void addListener(CallListener listener) {
    runner.addListener(listener);
  }

  /**
   * Carries out lines of {@code sim.fault} for the owner.
   *
   * @throws ErrnoException EINVAL for a line that is wrong, or the error of what cannot be done
   */
  public void fault(Cgroup group, String lines) throws ErrnoException {
    faults.write(group, writer, lines);
  }

  /** What {@code sim.fault} of the group shows. */
  public String faults(Cgroup group) {
    return faults.read(group, writer.caller());
  }

  /**
   * Carries out lines of another {@code sim.*} file for the owner.
   *
   * @throws ErrnoException the error of a line that is refused
   */
  public void write(ServedFile file, Cgroup group, String lines) throws ErrnoException {
    file.write(group, writer, lines);
  }
}
