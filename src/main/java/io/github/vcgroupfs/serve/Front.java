package io.github.vcgroupfs.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.vcgroupfs.os.Reasons;
import io.github.vcgroupfs.watch.WatchException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request from its arrival to its answer: the gate, then what answers for its path. What
 * happens here ends in an answer, but a connection that is broken. Thread-safe.
 */
final class Front implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Front.class);

  /** An edit is a few lines, a scenario a few fields. */
  private static final int MOST_BODY_BYTES = 64 << 10;

  /**
   * Nothing but our own files is loaded, no script or style stands in a page, nobody shows the page
   * in a frame.
   */
  private static final String CONTENT_POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " object-src 'none'";

  private final FewAtOnce posts =
      new FewAtOnce(16, "%d others send something, or wait for what they sent: try again");
  private final Gate gate;
  private final Routes routes;
  private final Events events;
  private final Watchdog watchdog;

  /**
   * What stands before all requests.
   *
   * @param gate who is answered
   * @param routes what there is
   * @param events what goes on and on, and so is no route
   * @param watchdog for those who do not read their answer
   */
  Front(Gate gate, Routes routes, Events events, Watchdog watchdog) {
    this.gate = gate;
    this.routes = routes;
    this.events = events;
    this.watchdog = watchdog;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      answer(exchange);
    } catch (Error defect) {
      LOG.error("a request failed", defect);
      throw new IOException(defect); // closes the connection, which an error would leave open
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    addHeaders(exchange.getResponseHeaders());
    Answer answer;
    try {
      Request head = request(exchange, new byte[0]);
      Optional<Answer> refusal = gate.refusalOfOrigin(head);
      if (refusal.isEmpty() && head.path().equals(Events.PATH)) {
        refusal = gate.refusal(head, Need.LOOK).or(() -> events.refusal(head));
        if (refusal.isEmpty()) {
          events.serve(exchange, head);
          return;
        }
      }
      answer = refusal.isPresent() ? refusal.get() : answer(exchange, head);
    } catch (BadRequestException bad) {
      answer = Answer.refusal(bad.status(), String.valueOf(bad.getMessage()));
    }
    send(exchange, answer);
  }

  private Answer answer(HttpExchange exchange, Request head)
      throws BadRequestException, IOException {
    Optional<Answer> exchanged =
        head.path().equals("/") && head.method().equals("GET")
            ? gate.exchange(head)
            : Optional.empty();
    if (exchanged.isPresent()) {
      return exchanged.get();
    }
    Optional<Endpoint> endpoint = routes.find(head.path());
    if (endpoint.isEmpty()) {
      return Answer.refusal(
          Answer.NOT_FOUND, "there is nothing at %s; the page is at /".formatted(head.path()));
    }
    Optional<Answer> refusal = gate.refusal(head, endpoint.get().need());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Route route = endpoint.get().route();
    return head.method().equals("POST")
        ? answer(posts.limiting(unread -> route.answer(request(exchange, body(exchange)))), head)
        : answer(route, head);
  }

  private static Answer answer(Route route, Request request) throws BadRequestException {
    try {
      return route.answer(request);
    } catch (WatchException unseen) {
      return Answer.refusal(Answer.UNAVAILABLE, String.valueOf(unseen.getMessage()));
    } catch (BadRequestException bad) {
      throw bad;
    } catch (IOException e) {
      return Answer.refusal(Answer.UNAVAILABLE, Reasons.of(e));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return Answer.refusal(Answer.UNAVAILABLE, "the server ends");
    } catch (RuntimeException defect) {
      LOG.error("{} {} failed", request.method(), request.path(), defect);
      return Answer.refusal(
          Answer.FAILED, "this should not have happened; the terminal of serve says more");
    }
  }

  private static Request request(HttpExchange exchange, byte[] body) throws BadRequestException {
    String target = exchange.getRequestURI().toString();
    return Request.of(exchange.getRequestMethod(), target, exchange.getRequestHeaders(), body);
  }

  private static byte[] body(HttpExchange exchange) throws IOException, BadRequestException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES + 1);
    if (body.length > MOST_BODY_BYTES) {
      throw new BadRequestException(
          Answer.TOO_LARGE, "the body has more than %d bytes".formatted(MOST_BODY_BYTES));
    }
    return body;
  }

  private static void addHeaders(Headers headers) {
    headers.set("Content-Security-Policy", CONTENT_POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body();
    boolean bodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    watchdog.watch(
        () -> {
          exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : body.length);
          if (!bodiless) {
            try (OutputStream out = exchange.getResponseBody()) {
              out.write(body);
            }
          }
          exchange.close();
        });
  }
}
