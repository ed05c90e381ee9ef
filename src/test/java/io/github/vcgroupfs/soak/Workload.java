package io.github.vcgroupfs.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** All kinds of work at the same time, each in a thread of its own. */
final class Workload {
  private static final int END_SECONDS = 120;

  private final List<Churn> churns;
  private final Tally tally;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;

  Workload(List<Churn> churns, Tally tally) {
    this.churns = churns;
    this.tally = tally;
  }

  /** Begins; the seed decides what each kind does. */
  void start(long seed) {
    running = true;
    SplittableRandom seeds = new SplittableRandom(seed);
    for (Churn each : churns) {
      SplittableRandom random = seeds.split();
      Thread thread = new Thread(() -> work(each, random), "soak-" + each.name());
      threads.add(thread);
      thread.start();
    }
  }

  private void work(Churn churn, SplittableRandom random) {
    try {
      while (running) {
        try {
          churn.step(random);
        } catch (InterruptedException e) {
          throw e;
        } catch (Exception e) { // counted and said; the others go on
          tally.error(churn.name() + ": " + e);
        }
        Thread.sleep(1 + random.nextInt(2 * churn.pauseMs()));
      }
    } catch (InterruptedException e) {
      tally.error(churn.name() + ": interrupted");
    }
  }

  /** Ends, and brings each kind to rest; says which kind hangs, or nothing. */
  String stop() throws InterruptedException {
    running = false;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    for (Thread each : threads) {
      each.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
    }
    List<String> hanging = threads.stream().filter(Thread::isAlive).map(Workload::where).toList();
    threads.clear();
    for (Churn each : churns) {
      try {
        each.rest();
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) { // counted and said; the others are brought to rest all the same
        tally.error(each.name() + ": " + e);
      }
    }
    return String.join("; ", hanging);
  }

  private static String where(Thread thread) {
    return thread.getName() + " hangs in " + List.of(thread.getStackTrace());
  }
}
