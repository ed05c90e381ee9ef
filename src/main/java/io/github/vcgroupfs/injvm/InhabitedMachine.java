package io.github.vcgroupfs.injvm;

import io.github.vcgroupfs.cgroup.BlockDevice;
import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.cgroup.Tasks;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A machine with tasks. Immutable.
 *
 * @param machine what it is without them
 */
record InhabitedMachine(Machine machine, Tasks tasks) implements Machine {
  @Override
  public BitSet possibleCpus() {
    return machine.possibleCpus();
  }

  @Override
  public BitSet onlineCpus() {
    return machine.onlineCpus();
  }

  @Override
  public BitSet memoryNodes() {
    return machine.memoryNodes();
  }

  @Override
  public Optional<BlockDevice> blockDevice(int major, int minor) {
    return machine.blockDevice(major, minor);
  }

  @Override
  public List<Long> hugePageSizes() {
    return machine.hugePageSizes();
  }

  @Override
  public List<String> interfaces() {
    return machine.interfaces();
  }
}
