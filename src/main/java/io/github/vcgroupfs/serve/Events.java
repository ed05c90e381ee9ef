package io.github.vcgroupfs.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Server-sent events: an answer that goes on for as long as somebody looks. Who does not read what
 * he is sent is dropped, and never waited for. Thread-safe.
 */
final class Events {
  static final String PATH = "/api/events";

  /** The query of {@link #PATH} that names a group. */
  static final String GROUP = "group";

  private static final int MOST_VIEWERS = 64;

  /** A line now and then, so that a viewer who has left is noticed. */
  private static final long PAUSE_MS = 15_000;

  private static final byte[] START = bytes("retry: 2000\n\n");
  private static final byte[] NOTHING_NEW = bytes(":\n\n");

  private final Semaphore places = new Semaphore(MOST_VIEWERS);
  private final Live live;
  private final Watchdog watchdog;

  /**
   * Events.
   *
   * @param live what is shown
   * @param watchdog for those who do not read
   */
  Events(Live live, Watchdog watchdog) {
    this.live = live;
    this.watchdog = watchdog;
  }

  /** How many viewers there can be. */
  static int mostViewers() {
    return MOST_VIEWERS;
  }

  /** Takes a place for a viewer; if there is none, says so. */
  Optional<Answer> refusal(Request request) {
    if (request.method().equals("HEAD") || places.tryAcquire()) {
      return Optional.empty();
    }
    return Optional.of(
        Answer.refusal(
                Answer.UNAVAILABLE,
                "%d pages look on already, and that is as many as can: close one"
                    .formatted(MOST_VIEWERS))
            .with("Retry-After", "10"));
  }

  /** Sends events until the viewer leaves or does not read, or the server ends. */
  void serve(HttpExchange exchange, Request request) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/event-stream; charset=utf-8");
    if (request.method().equals("HEAD")) {
      exchange.sendResponseHeaders(Answer.OK, -1);
      exchange.close();
      return;
    }
    PageViewer viewer = new PageViewer(request.query(GROUP).orElse("/"));
    try {
      exchange.sendResponseHeaders(Answer.OK, 0); // 0: in chunks, without end
      OutputStream out = exchange.getResponseBody();
      send(out, List.of(START));
      live.join(viewer);
      while (true) {
        List<byte[]> events = viewer.take(PAUSE_MS);
        send(out, events.isEmpty() ? List.of(NOTHING_NEW) : events);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException("the server ends", ended); // closes the connection
    } finally {
      live.leave(viewer);
      places.release();
    }
  }

  private void send(OutputStream out, List<byte[]> events) throws IOException {
    watchdog.watch(
        () -> {
          for (byte[] each : events) {
            out.write(each);
          }
          out.flush();
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
