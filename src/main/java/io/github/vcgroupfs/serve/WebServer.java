package io.github.vcgroupfs.serve;

import com.sun.net.httpserver.HttpServer;
import io.github.vcgroupfs.watch.Watcher;
import java.io.IOException;
import java.net.BindException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The server behind the page. {@link #close} ends it and all its connections. Thread-safe. */
public final class WebServer implements AutoCloseable {
  /** Threads for requests that are no viewers. */
  private static final int MOST_ANSWERING = 32;

  private static final int IDLE_SECONDS = 30;

  /** Somebody who has not read for so long is gone, or does not want to. */
  private static final Duration WRITE_LIMIT = Duration.ofSeconds(10);

  /**
   * What the JDK's server takes from strangers. It reads these when it is first used: connections,
   * bytes of all headers, how many of them, seconds until a request must be complete, seconds that
   * a connection may do nothing.
   */
  private static final Map<String, String> LIMITS =
      Map.of(
          "jdk.httpserver.maxConnections", "256",
          "sun.net.httpserver.maxReqHeaderSize", "32768",
          "sun.net.httpserver.maxReqHeaders", "64",
          "sun.net.httpserver.maxReqTime", "10",
          "sun.net.httpserver.idleInterval", "30",
          "sun.net.httpserver.nodelay", "true");

  static {
    LIMITS.forEach(WebServer::setUnlessGiven);
  }

  private final ServeSettings settings;
  private final HttpServer server;
  private final ExecutorService threads;
  private final Watchdog watchdog;
  private final Watcher watcher;
  private final CountDownLatch ended = new CountDownLatch(1);

  private WebServer(
      ServeSettings settings,
      HttpServer server,
      Watcher watcher,
      List<Endpoint> more,
      Duration writeLimit) {
    this.settings = settings;
    this.server = server;
    this.watcher = watcher;
    this.threads = threads();
    this.watchdog = new Watchdog(writeLimit);
    HostNames names = new HostNames(settings.listen().host(), !settings.listen().isLoopback());
    Gate gate = new Gate(settings, names, server.getAddress().getPort());
    server.setExecutor(threads);
    server.createContext(
        "/",
        new Front(gate, routes(gate, more), new Events(new Live(watcher), watchdog), watchdog));
  }

  /**
   * Begins to listen.
   *
   * @param watcher sees what is shown; it is closed with the server
   * @param more what others answer
   */
  public static WebServer start(ServeSettings settings, Watcher watcher, List<Endpoint> more)
      throws ServeException {
    return start(settings, watcher, more, WRITE_LIMIT);
  }

  /** The same with another patience for those who do not read. */
  static WebServer start(
      ServeSettings settings, Watcher watcher, List<Endpoint> more, Duration writeLimit)
      throws ServeException {
    HttpServer server;
    try {
      server = HttpServer.create(settings.listen().socketAddress(), 0);
    } catch (BindException taken) {
      throw new ServeException(
          "cannot listen on %s (%s): --listen %s:0 takes a port that is free"
              .formatted(settings.listen(), taken.getMessage(), settings.listen().host()));
    } catch (IOException e) {
      throw new ServeException(
          "cannot listen on %s: %s".formatted(settings.listen(), e.getMessage()));
    }
    WebServer started = new WebServer(settings, server, watcher, more, writeLimit);
    server.start();
    return started;
  }

  /** Who starts Java may know better. */
  private static void setUnlessGiven(String name, String value) {
    Properties given = System.getProperties();
    given.putIfAbsent(name, value);
  }

  private Routes routes(Gate gate, List<Endpoint> more) {
    Looks looks = new Looks(settings, watcher, gate);
    Assets page = new Assets("/assets/", name -> "page/" + name);
    List<Endpoint> endpoints = new ArrayList<>(looks.endpoints());
    endpoints.add(new Endpoint("/", Need.LOOK, page::index));
    endpoints.addAll(new Edits(watcher).endpoints());
    endpoints.addAll(more);
    return new Routes(
        endpoints,
        List.of(
            new Endpoint("/assets/", Need.LOOK, page),
            new Endpoint("/webjars/", Need.LOOK, new Webjars())));
  }

  private static ExecutorService threads() {
    int most = Events.mostViewers() + MOST_ANSWERING;
    AtomicInteger made = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), // at most as many as there are connections
            work -> new Thread(work, "serve-" + made.incrementAndGet()));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** Where the page is. With the token in it, the link is all that a person needs. */
  public String link() {
    String host = settings.listen().host();
    String base = "http://%s:%d/".formatted(host, server.getAddress().getPort());
    Token token = settings.token();
    return token == null || !settings.tellsToken()
        ? base
        : base + "?token=" + URLEncoder.encode(token.text(), StandardCharsets.UTF_8);
  }

  /** Waits until it is closed. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** Ends all connections, and reads no more. */
  @Override
  public void close() {
    threads.shutdownNow(); // wakes those who wait for something to send
    server.stop(0);
    watchdog.close();
    watcher.close();
    ended.countDown();
  }
}
