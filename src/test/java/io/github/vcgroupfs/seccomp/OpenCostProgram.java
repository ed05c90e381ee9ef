package io.github.vcgroupfs.seccomp;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.Arrays;

/** Opens a file many times, and prints how long that takes in the median, in nanoseconds. */
final class OpenCostProgram {
  private static final int WARM_UP = 2_000;
  private static final int OPENS = 10_000;

  private OpenCostProgram() {}

  public static void main(String[] args) throws IOException {
    long[] times = new long[OPENS];
    for (int i = -WARM_UP; i < OPENS; i++) {
      long begin = System.nanoTime();
      FileInputStream file = new FileInputStream("/dev/null");
      long end = System.nanoTime();
      file.close();
      if (i >= 0) {
        times[i] = end - begin;
      }
    }
    Arrays.sort(times);
    System.out.println(times[OPENS / 2]);
  }
}
