package io.github.vcgroupfs.serve;

import io.github.vcgroupfs.watch.WatchException;
import java.io.IOException;

/**
 * What answers requests for one path. Whoever gets here has passed the gate: the request came to
 * one of our names, from no other site, and with the token where one is needed. Called by many
 * threads at once; the work must be bounded.
 */
@FunctionalInterface
public interface Route {
  /**
   * Answers a request.
   *
   * @throws WatchException if the groups cannot be seen now; its sentence becomes the answer
   * @throws IOException if something else cannot be read now, or the request makes no sense; its
   *     sentence becomes the answer
   */
  Answer answer(Request request) throws WatchException, IOException, InterruptedException;
}
