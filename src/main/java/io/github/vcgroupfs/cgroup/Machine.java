package io.github.vcgroupfs.cgroup;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What a controller may ask about the computer. This is a port: there is an implementation that
 * looks at the real one. Each answer is the caller's own copy. Any thread may ask.
 */
public interface Machine {
  /**
   * Two processors, one memory node, and a disk 8:0 with a partition 8:1, whatever this computer
   * has. For comparisons and tests.
   */
  Machine TWO_PROCESSORS =
      new Machine() {
        @Override
        public BitSet possibleCpus() {
          return firstIds(2);
        }

        @Override
        public BitSet onlineCpus() {
          return firstIds(2);
        }

        @Override
        public BitSet memoryNodes() {
          return firstIds(1);
        }

        @Override
        public Optional<BlockDevice> blockDevice(int major, int minor) {
          return major == 8 && minor < 2
              ? Optional.of(new BlockDevice(minor > 0, "none"))
              : Optional.empty();
        }
      };

  /** The processors that can ever be there: {@code cpu_possible_mask}. Never empty. */
  BitSet possibleCpus();

  /** The processors that work now: {@code cpu_active_mask}. Never empty. */
  BitSet onlineCpus();

  /** The nodes that have memory now: {@code node_states[N_MEMORY]}. Never empty. */
  BitSet memoryNodes();

  /** How many processors a kernel for such machines is built for: {@code NR_CPUS}. */
  default int mostCpus() {
    return 8192;
  }

  /**
   * The level of the scheduling domain that has all processors: {@code sched_domain_level_max}. 0
   * if they are the threads of one core.
   */
  default int lastDomainLevel() {
    return 1;
  }

  /** The tasks that run on it. */
  default Tasks tasks() {
    return Tasks.NONE;
  }

  /** The block device with that number; empty if there is none: {@code blkdev_get_no_open}. */
  default Optional<BlockDevice> blockDevice(int major, int minor) {
    return Optional.empty();
  }

  /**
   * The sizes of huge pages, in bytes, ascending: {@code hstates}. Those of x86-64, if not known.
   */
  default List<Long> hugePageSizes() {
    return List.of(2L << 20, 1L << 30);
  }

  /** The network interfaces, in the kernel's order: {@code for_each_netdev}. */
  default List<String> interfaces() {
    return List.of("lo");
  }

  private static BitSet firstIds(int count) {
    BitSet ids = new BitSet();
    ids.set(0, count);
    return ids;
  }
}
