package io.github.vcgroupfs.traffic;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Where a relay takes its connections: a host that is looked up once. If it was not found, it is
 * looked up again when somebody wants to go there, but not all the time. Thread-safe.
 */
final class Target {
  /** Between two lookups of a host that was not found. */
  private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);

  private final RelaySpec.Endpoint endpoint;
  private final Resolver resolver;

  @GuardedBy("this")
  private Consumer<Throwable> listener = failure -> {};

  @GuardedBy("this")
  private CompletableFuture<InetSocketAddress> answer;

  @GuardedBy("this")
  private long sinceNs = System.nanoTime();

  /** Begins to look up the host of an endpoint. */
  Target(RelaySpec.Endpoint endpoint, Resolver resolver) {
    this.endpoint = endpoint;
    this.resolver = resolver;
    this.answer = lookUp();
  }

  private CompletableFuture<InetSocketAddress> lookUp() {
    return resolver
        .resolve(endpoint.host())
        .thenApply((InetAddress host) -> new InetSocketAddress(host, endpoint.port()));
  }

  /** Has somebody told of each lookup that fails, the first one too, from any thread. */
  void onFailure(Consumer<Throwable> told) {
    CompletableFuture<InetSocketAddress> now;
    synchronized (this) {
      listener = told;
      now = answer;
    }
    tell(now, told);
  }

  private static void tell(CompletableFuture<InetSocketAddress> answer, Consumer<Throwable> told) {
    answer.whenComplete(
        (address, failure) -> {
          if (failure != null) {
            told.accept(failure);
          }
        });
  }

  /** The address, perhaps not known yet. */
  CompletableFuture<InetSocketAddress> address() {
    CompletableFuture<InetSocketAddress> again;
    Consumer<Throwable> told;
    synchronized (this) {
      long nowNs = System.nanoTime();
      if (!answer.isCompletedExceptionally() || nowNs - sinceNs < RETRY_NS) {
        return answer;
      }
      again = lookUp();
      answer = again;
      sinceNs = nowNs;
      told = listener;
    }
    tell(again, told);
    return again;
  }

  /** In one word: {@code ready}, {@code resolving} or {@code unknown}. */
  synchronized String state() {
    if (!answer.isDone()) {
      return "resolving";
    }
    return answer.isCompletedExceptionally() ? "unknown" : "ready";
  }
}
