package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.cgroup.Tasks;
import io.github.vcgroupfs.os.SysDevices;
import java.nio.file.Path;
import java.util.BitSet;

/** The computer that this daemon runs on. Reads {@code /sys} each time it is asked. Thread-safe. */
final class HostMachine implements Machine {
  private final HostTasks tasks = new HostTasks();
  private final SysDevices devices = new SysDevices(Path.of("/sys/devices/system"));

  @Override
  public BitSet possibleCpus() {
    return devices.possibleCpus();
  }

  @Override
  public BitSet onlineCpus() {
    return devices.onlineCpus();
  }

  @Override
  public BitSet memoryNodes() {
    return devices.memoryNodes();
  }

  @Override
  public int mostCpus() {
    return devices.mostCpus();
  }

  @Override
  public int lastDomainLevel() {
    return devices.lastDomainLevel();
  }

  @Override
  public Tasks tasks() {
    return tasks;
  }
}
