package io.github.vcgroupfs.os;

import org.jspecify.annotations.Nullable;

/**
 * The part of {@code /proc/PID/stat} that says how much a process or thread has run. Times are in
 * clock ticks. Immutable.
 *
 * @param ppid the parent process
 * @param utime in user mode; of a process, of all its threads that there ever were
 * @param stime in kernel mode
 * @param cutime the same of children that it waited for
 * @param cstime the same of children that it waited for
 * @param startTime when it started, since boot
 * @param processor the one it ran on last
 * @param policy how it is scheduled: {@code SCHED_*}
 */
public record TaskUsage(
    int ppid,
    long utime,
    long stime,
    long cutime,
    long cstime,
    long startTime,
    int processor,
    int policy) {
  // Numbers of fields as in proc(5).
  private static final int PPID = 4;
  private static final int UTIME = 14;
  private static final int STIME = 15;
  private static final int CUTIME = 16;
  private static final int CSTIME = 17;
  private static final int START_TIME = 22;
  private static final int PROCESSOR = 39;
  private static final int POLICY = 41;

  /** Parses a line, or gives null if it is none. */
  static @Nullable TaskUsage parse(byte[] line, int length) {
    long[] fields = new long[POLICY + 1];
    if (TaskStat.numbers(line, length, fields) < POLICY) {
      return null;
    }
    return new TaskUsage(
        (int) fields[PPID],
        fields[UTIME],
        fields[STIME],
        fields[CUTIME],
        fields[CSTIME],
        fields[START_TIME],
        (int) fields[PROCESSOR],
        (int) fields[POLICY]);
  }
}
