package io.github.vcgroupfs.memcg.counter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs a body on threads that start together, and hands on the first failure of any of them. */
public final class Threads {
  private Threads() {}

  /** What a thread does; it gets its number, from 0. */
  public interface Body {
    /** May fail in any way. */
    void run(int thread) throws Exception;
  }

  /** Runs the body on that many threads and waits for all. */
  public static void run(int threads, Body body) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<?>> all = new ArrayList<>();
    try {
      for (int i = 0; i < threads; i++) {
        int thread = i;
        all.add(
            pool.submit(
                () -> {
                  start.await();
                  body.run(thread);
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof Error error) {
        throw error;
      }
      throw new AssertionError("a thread failed", failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    } finally {
      pool.shutdownNow();
    }
  }
}
