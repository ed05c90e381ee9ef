package io.github.vcgroupfs.daemon;

import java.util.ArrayList;
import java.util.List;

/** A program with the daemon's last resort, one thread of which takes all the memory there is. */
final class ExhaustedProgram {
  private static final int PIECE_BYTES = 100_000;

  private ExhaustedProgram() {}

  /** Ends with status 0 if nothing ends it before. */
  public static void main(String[] args) throws InterruptedException {
    LastResort.install();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> System.out.println("the shutdown hook has run")));
    Thread greedy = new Thread(ExhaustedProgram::takeAll, "greedy");
    greedy.start();
    greedy.join();
    Thread.sleep(Long.MAX_VALUE);
  }

  private static void takeAll() {
    List<byte[]> taken = new ArrayList<>();
    for (int i = 0; i < Integer.MAX_VALUE; i++) {
      taken.add(new byte[PIECE_BYTES]);
    }
    System.out.println(taken.size() + " pieces");
  }
}
