package io.github.vcgroupfs.cpu;

/** The policies of {@code sched_setscheduler(2)}: {@code include/uapi/linux/sched.h}. No state. */
final class SchedulingPolicy {
  private static final int FIFO = 1;
  private static final int RR = 2;
  private static final int DEADLINE = 6;

  private SchedulingPolicy() {}

  /** {@code rt_task}. */
  static boolean isRealTime(int policy) {
    return policy == FIFO || policy == RR;
  }

  /** Whether its scheduling class is that of ordinary tasks: {@code fair_sched_class}. */
  static boolean isFair(int policy) {
    return !isRealTime(policy) && policy != DEADLINE;
  }
}
