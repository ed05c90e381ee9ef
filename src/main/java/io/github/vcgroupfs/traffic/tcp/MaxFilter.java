package io.github.vcgroupfs.traffic.tcp;

/**
 * The largest value of the last so many rounds, from three samples: {@code lib/win_minmax.c
 * minmax_running_max}. Not thread-safe.
 */
final class MaxFilter {
  private final int window;
  private final long[] times = new long[3];
  private final double[] values = new double[3];

  MaxFilter(int window) {
    this.window = window;
  }

  double max() {
    return values[0];
  }

  void add(long time, double value) {
    if (value >= values[0] || time - times[2] > window) {
      set(0, time, value);
      set(1, time, value);
      set(2, time, value);
      return;
    }
    if (value >= values[1]) {
      set(1, time, value);
      set(2, time, value);
    } else if (value >= values[2]) {
      set(2, time, value);
    }
    age(time, value);
  }

  /** {@code minmax_subwin_update}. */
  private void age(long time, double value) {
    long passed = time - times[0];
    if (passed > window) {
      shift(time, value);
      if (time - times[0] > window) {
        shift(time, value);
      }
    } else if (times[1] == times[0] && passed > window / 4) {
      set(1, time, value);
      set(2, time, value);
    } else if (times[2] == times[1] && passed > window / 2) {
      set(2, time, value);
    }
  }

  private void shift(long time, double value) {
    set(0, times[1], values[1]);
    set(1, times[2], values[2]);
    set(2, time, value);
  }

  private void set(int index, long time, double value) {
    times[index] = time;
    values[index] = value;
  }
}
