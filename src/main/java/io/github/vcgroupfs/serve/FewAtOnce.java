package io.github.vcgroupfs.serve;

import io.github.vcgroupfs.watch.WatchException;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * A route that a few may wait at. A mount that does not answer, or a peer that sends slowly, keeps
 * their threads and not those of others. Thread-safe.
 */
final class FewAtOnce {
  private final Semaphore places;
  private final String why;

  /**
   * A limit.
   *
   * @param most how many requests at once
   * @param why what is said to those that are too many; a sentence with {@code %d} for the limit
   */
  FewAtOnce(int most, String why) {
    this.places = new Semaphore(most);
    this.why = why.formatted(most);
  }

  /** Answers, or refuses at once if there are too many already. */
  Answer answer(Route route, Request request)
      throws IOException, WatchException, InterruptedException {
    if (!places.tryAcquire()) {
      return Answer.refusal(Answer.UNAVAILABLE, why);
    }
    try {
      return route.answer(request);
    } finally {
      places.release();
    }
  }

  /** The same route, for a few at once. */
  Route limiting(Route route) {
    return request -> answer(route, request);
  }
}
