package io.github.vcgroupfs.injvm;

import io.github.vcgroupfs.cgroup.BlockDevice;
import io.github.vcgroupfs.cgroup.Machine;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A computer that there is not. Immutable; its tasks are those of a {@link World}.
 *
 * @param processors how many processors it has, 1 or more
 * @param nodes how many memory nodes it has, 1 or more
 * @param disks its block devices, by {@code major:minor}
 * @param hugePageSizes in bytes, ascending
 * @param interfaces the names of its network interfaces
 */
public record FakeMachine(
    int processors,
    int nodes,
    Map<String, BlockDevice> disks,
    List<Long> hugePageSizes,
    List<String> interfaces)
    implements Machine {
  /** Two processors, one memory node, a disk 8:0 with a partition 8:1, and two interfaces. */
  public static final FakeMachine USUAL =
      new FakeMachine(
          2,
          1,
          Map.of("8:0", new BlockDevice(false, "none"), "8:1", new BlockDevice(true, "none")),
          List.of(2L << 20, 1L << 30),
          List.of("lo", "eth0"));

  /** Copies the collections. */
  public FakeMachine {
    disks = Map.copyOf(disks);
    hugePageSizes = List.copyOf(hugePageSizes);
    interfaces = List.copyOf(interfaces);
  }

  /** The same with other numbers of processors and memory nodes. */
  public FakeMachine with(int newProcessors, int newNodes) {
    return new FakeMachine(newProcessors, newNodes, disks, hugePageSizes, interfaces);
  }

  @Override
  public BitSet possibleCpus() {
    return first(processors);
  }

  @Override
  public BitSet onlineCpus() {
    return first(processors);
  }

  @Override
  public BitSet memoryNodes() {
    return first(nodes);
  }

  @Override
  public Optional<BlockDevice> blockDevice(int major, int minor) {
    return Optional.ofNullable(disks.get(major + ":" + minor));
  }

  private static BitSet first(int count) {
    BitSet ids = new BitSet();
    ids.set(0, count);
    return ids;
  }
}
