package io.github.vcgroupfs.traffic;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Looks up host names as other programs of this machine do: with {@code getaddrinfo}. A name server
 * that does not answer makes that wait for half a minute, so only threads of this class do it. Two
 * questions for one name at the same time are one.
 *
 * <p>Thread-safe. Threads are made when they are needed and go when they are idle.
 */
final class Resolver implements AutoCloseable {
  private static final int MAX_THREADS = 8;
  private static final int MAX_WAITING = 1_024;
  private static final int IDLE_SECONDS = 10;

  private final Lookup lookup;
  private final Map<String, CompletableFuture<InetAddress>> pending = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          MAX_THREADS,
          MAX_THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MAX_WAITING),
          new DefaultThreadFactory("vcgroupfs-resolver", true));

  /**
   * A resolver with a lookup of one's own.
   *
   * @param lookup may wait for as long as it likes
   */
  Resolver(Lookup lookup) {
    this.lookup = lookup;
    threads.allowCoreThreadTimeOut(true);
  }

  /** With the lookup of this machine. */
  static Resolver ofThisMachine() {
    return new Resolver(InetAddress::getByName);
  }

  /** Finds the address of a host, and may wait for that. */
  interface Lookup {
    /** The address, or the exception if there is none. */
    InetAddress of(String host) throws UnknownHostException;
  }

  /** Whether it is an address already: nobody has to be asked. */
  static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || NetUtil.isValidIpV4Address(host);
  }

  /**
   * Looks a host up. Returns at once.
   *
   * @return the address; it fails with {@link UnknownHostException} if there is none, and with
   *     {@link RejectedExecutionException} if too many names wait already
   */
  CompletableFuture<InetAddress> resolve(String host) {
    if (isAddress(host)) {
      CompletableFuture<InetAddress> known = new CompletableFuture<>();
      answer(host, InetAddress::getByName, known);
      return known;
    }
    CompletableFuture<InetAddress> mine = new CompletableFuture<>();
    CompletableFuture<InetAddress> other = pending.putIfAbsent(host, mine);
    if (other != null) {
      return other;
    }
    try {
      threads.execute(
          () -> {
            try {
              answer(host, lookup, mine);
            } finally {
              pending.remove(host, mine);
            }
          });
    } catch (RejectedExecutionException tooMany) {
      pending.remove(host, mine);
      mine.completeExceptionally(tooMany);
    }
    return mine;
  }

  private static void answer(String host, Lookup lookup, CompletableFuture<InetAddress> to) {
    try {
      to.complete(lookup.of(host));
    } catch (UnknownHostException | RuntimeException unknown) {
      to.completeExceptionally(unknown);
    }
  }

  /** Starts no more lookups. Those that run are given up when they end. */
  @Override
  public void close() {
    threads.shutdownNow();
    pending
        .values()
        .forEach(each -> each.completeExceptionally(new UnknownHostException("the mount ended")));
  }
}
