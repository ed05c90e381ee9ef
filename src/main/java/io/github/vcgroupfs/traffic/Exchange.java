package io.github.vcgroupfs.traffic;

/**
 * What goes back from the end that reads: data at a rate, or responses to requests. Immutable.
 *
 * @param back how fast the reading end sends, too
 * @param backChunk size of each of its sends; 0: that of the sender
 * @param request size of a request; 0: there are none
 * @param response size of a response
 * @param think how long the sender waits after a response, nanoseconds
 * @param serve how long a response takes to be made, nanoseconds
 * @param requests how many there are before the end, or {@link #ENDLESS}
 */
record Exchange(
    Rate back,
    Distribution backChunk,
    Distribution request,
    Distribution response,
    Distribution think,
    Distribution serve,
    int requests) {
  static final int ENDLESS = 0;

  private static final Distribution NONE = Distribution.fixed(0);

  /** Nothing goes back. */
  static final Exchange DEFAULT =
      new Exchange(new Rate(0, "0"), NONE, NONE, NONE, NONE, NONE, ENDLESS);

  Exchange withBack(Rate rate) {
    return new Exchange(rate, backChunk, request, response, think, serve, requests);
  }

  Exchange withBackChunk(Distribution size) {
    return new Exchange(back, size, request, response, think, serve, requests);
  }

  Exchange withRequest(Distribution size) {
    return new Exchange(back, backChunk, size, response, think, serve, requests);
  }

  Exchange withResponse(Distribution size) {
    return new Exchange(back, backChunk, request, size, think, serve, requests);
  }

  Exchange withThink(Distribution ns) {
    return new Exchange(back, backChunk, request, response, ns, serve, requests);
  }

  Exchange withServe(Distribution ns) {
    return new Exchange(back, backChunk, request, response, think, ns, requests);
  }

  Exchange withRequests(int count) {
    return new Exchange(back, backChunk, request, response, think, serve, count);
  }

  /** Whether there are requests and responses. */
  boolean hasRequests() {
    return !isNone(request);
  }

  static boolean isNone(Distribution size) {
    return size.isFixed() && size.least() == 0;
  }
}
