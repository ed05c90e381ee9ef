package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.cgroup.BlockDevice;
import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.cgroup.Tasks;
import io.github.vcgroupfs.os.SysClasses;
import io.github.vcgroupfs.os.SysDevices;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The computer that this daemon runs on. Reads {@code /sys} each time it is asked. Thread-safe. */
final class HostMachine implements Machine {
  private final HostTasks tasks = new HostTasks();
  private final SysDevices devices = new SysDevices(Path.of("/sys/devices/system"));
  private final SysClasses classes = new SysClasses(Path.of("/sys"));

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

  @Override
  public Optional<BlockDevice> blockDevice(int major, int minor) {
    return classes.isBlockDevice(major, minor)
        ? Optional.of(
            new BlockDevice(classes.isPartition(major, minor), classes.scheduler(major, minor)))
        : Optional.empty();
  }

  @Override
  public List<Long> hugePageSizes() {
    List<Long> sizes = classes.hugePageSizes();
    return sizes.isEmpty() ? Machine.super.hugePageSizes() : sizes;
  }

  @Override
  public List<String> interfaces() {
    List<String> names = classes.interfaces();
    return names.isEmpty() ? Machine.super.interfaces() : names;
  }
}
