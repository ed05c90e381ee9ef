package io.github.vcgroupfs.os;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@code /proc/PID/stat} that this program needs: one process or thread. Immutable.
 *
 * @param pid the process, or the thread if a thread's file was read
 * @param comm its name, one char for each byte
 * @param state {@code R}, {@code S}, {@code Z} and so on
 * @param ppid the parent process; 0 if it is not in our pid namespace
 * @param pgrp the process group
 * @param session the session
 * @param tpgid the process group that gets the signals of its terminal's keys, such as Ctrl-C; -1
 *     if it has none
 * @param flags {@code PF_*}
 * @param numThreads how many threads its process has; a first thread that is dead counts, too
 * @param startTime when it started, in clock ticks since boot; pid and start time together identify
 *     it
 * @param image where the stack of the program began, a random number that each exec changes and
 *     fork keeps; 0 if it is secret or there is no program
 */
public record TaskStat(
    int pid,
    String comm,
    char state,
    int ppid,
    int pgrp,
    int session,
    int tpgid,
    int flags,
    int numThreads,
    long startTime,
    long image) {
  // include/linux/sched.h
  public static final int PF_EXITING = 0x00000004;
  public static final int PF_KTHREAD = 0x00200000;
  // PF_THREAD_BOUND until 3.10
  public static final int PF_NO_SETAFFINITY = 0x04000000;

  // Numbers of fields as in proc(5); the first after the name and the state is 4.
  private static final int FIRST = 4;
  private static final int PPID = 4;
  private static final int PGRP = 5;
  private static final int SESSION = 6;
  private static final int TPGID = 8;
  private static final int FLAGS = 9;
  private static final int NUM_THREADS = 20;
  private static final int START_TIME = 22;
  private static final int START_STACK = 28;

  /** Parses a line with one char a byte, or gives null if it is none. */
  public static @Nullable TaskStat parse(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    return parse(bytes, bytes.length);
  }

  /** Parses a line, or gives null if it is none. */
  static @Nullable TaskStat parse(byte[] line, int length) {
    int open = 0;
    while (open < length && line[open] != '(') {
      open++;
    }
    // A name may hold anything, ") R 1" too, but nothing after it holds a parenthesis.
    int close = length - 1;
    while (close > open && line[close] != ')') {
      close--;
    }
    if (close <= open || close + 2 >= length) {
      return null;
    }
    long[] fields = new long[START_STACK + 1];
    int last = numbers(line, length, fields);
    if (last < START_TIME) {
      return null;
    }
    return new TaskStat(
        (int) number(line, 0, open),
        new String(line, open + 1, close - open - 1, StandardCharsets.ISO_8859_1),
        (char) line[close + 2],
        (int) fields[PPID],
        (int) fields[PGRP],
        (int) fields[SESSION],
        (int) fields[TPGID],
        (int) fields[FLAGS],
        (int) fields[NUM_THREADS],
        fields[START_TIME],
        fields[START_STACK]);
  }

  /**
   * Fills in the fields from number 4 on, as many as there is room for. Returns the number of the
   * last one.
   */
  static int numbers(byte[] line, int length, long[] fields) {
    int field = FIRST - 1;
    int at = length - 1;
    while (at > 0 && line[at] != ')') {
      at--;
    }
    at += 3;
    while (field < fields.length - 1) {
      while (at < length && line[at] == ' ') {
        at++;
      }
      int start = at;
      while (at < length && line[at] > ' ') {
        at++;
      }
      if (start == at) {
        break;
      }
      fields[++field] = number(line, start, at);
    }
    return field;
  }

  private static long number(byte[] line, int from, int to) {
    boolean negative = from < to && line[from] == '-';
    long value = 0;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      if (line[i] >= '0' && line[i] <= '9') {
        value = value * 10 + (line[i] - '0');
      }
    }
    return negative ? -value : value;
  }

  /** Whether the keys of a terminal send signals to this process. */
  public boolean hasTerminal() {
    return pgrp == tpgid;
  }

  /** Whether it has ended. Its parent may not have asked for the exit status yet. */
  public boolean hasEnded() {
    return state == 'Z' || state == 'X' || state == 'x';
  }

  /**
   * Whether it has left its group: it is a zombie, or about to become one ({@code cgroup_exit}).
   */
  public boolean isDead() {
    return hasEnded() || (flags & PF_EXITING) != 0;
  }

  /** Whether the kernel does not allow this thread to be moved: {@code attach_task_by_pid}. */
  public boolean isBound() {
    boolean kthreadd = (flags & PF_KTHREAD) != 0 && pid == 2;
    return kthreadd || (flags & PF_NO_SETAFFINITY) != 0;
  }

  /** Whether this is the same task, and not a later one with the same id. */
  public boolean isSame(@Nullable TaskStat other) {
    return other != null && other.pid == pid && other.startTime == startTime;
  }
}
