package io.github.vcgroupfs.soak;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** What must hold: a line for each. */
final class Invariants {
  private static final int AWAIT_SECONDS = 60;
  private static final int PAUSE_MS = 250;

  private boolean allHold = true;

  /** Whether all have held. */
  boolean allHold() {
    return allHold;
  }

  /** Notes one; what is wrong is nothing when it holds. */
  void note(String name, String wrong) {
    if (wrong.isEmpty()) {
      System.out.println("ok      " + name);
    } else {
      allHold = false;
      System.out.println("FAILED  " + name + ": " + wrong);
    }
  }

  /** Notes one that may take a while to come true; an exception is a failure, too. */
  void await(String name, Callable<String> wrong) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(AWAIT_SECONDS);
    String last = look(wrong);
    while (!last.isEmpty() && System.nanoTime() - end < 0) {
      Thread.sleep(PAUSE_MS);
      last = look(wrong);
    }
    note(name, last);
  }

  private static String look(Callable<String> wrong) throws InterruptedException {
    try {
      return wrong.call();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) { // said as what is wrong
      return e.toString();
    }
  }
}
