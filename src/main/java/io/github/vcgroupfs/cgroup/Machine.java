package io.github.vcgroupfs.cgroup;

import java.util.BitSet;

/**
 * What a controller may ask about the computer. This is a port: there is an implementation that
 * looks at the real one. Each answer is the caller's own copy. Any thread may ask.
 */
public interface Machine {
  /** Two processors and one memory node, whatever this computer has. For comparisons and tests. */
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
   * if they are the threads of one core, 1 if they share a cache.
   */
  default int lastDomainLevel() {
    return 1;
  }

  /** The tasks that run on it. */
  default Tasks tasks() {
    return Tasks.NONE;
  }

  private static BitSet firstIds(int count) {
    BitSet ids = new BitSet();
    ids.set(0, count);
    return ids;
  }
}
