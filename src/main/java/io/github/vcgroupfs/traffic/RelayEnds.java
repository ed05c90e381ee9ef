package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The two ends of a relay that is to be made, while their hosts are looked up. What is not known
 * soon is refused for the listener, which must be an address of this machine, and is left to come
 * for the target. Thread-safe.
 */
final class RelayEnds {
  /**
   * A write waits that long for all its names: enough for {@code /etc/hosts} and for a name server
   * nearby. Whatever takes longer is looked up while the relay is there already.
   */
  private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private final RelaySpec spec;
  private final CompletableFuture<InetAddress> listen;
  private final Target connect;

  /** Begins to look up both. */
  RelayEnds(RelaySpec spec, Resolver resolver) {
    this.spec = spec;
    this.listen = resolver.resolve(spec.listen().host());
    this.connect = new Target(spec.connect(), resolver);
  }

  /**
   * Waits for a moment until all are known.
   *
   * @throws ErrnoException EHOSTUNREACH if one of them is not known here
   */
  static void awaitAll(List<RelayEnds> all) throws ErrnoException {
    long endNs = System.nanoTime() + PATIENCE_NS;
    for (RelayEnds each : all) {
      await("listen", each.spec.listen(), each.listen, endNs);
      await("connect", each.spec.connect(), each.connect.address(), endNs);
    }
  }

  private static void await(
      String key, RelaySpec.Endpoint endpoint, CompletableFuture<?> answer, long endNs)
      throws ErrnoException {
    try {
      Object unused = answer.get(Math.max(0, endNs - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw Relays.refused(Errno.EINTR, "interrupted");
    } catch (TimeoutException takesLong) {
      return; // the relay is made all the same
    } catch (ExecutionException unknown) {
      ErrnoException refusal = unknown(key, endpoint);
      throw Relays.refused(refusal.errno(), refusal.why());
    }
  }

  /** The error for a host that has no address. */
  static ErrnoException unknown(String key, RelaySpec.Endpoint endpoint) {
    return new ErrnoException(
        Errno.EHOSTUNREACH,
        "%s=%s: the host %s is not known here: write its address, or a name that resolves"
            .formatted(key, endpoint, endpoint.host()));
  }

  /**
   * Where it is to listen.
   *
   * @throws ErrnoException EAGAIN if that is not known yet, EHOSTUNREACH if the host has no address
   */
  InetSocketAddress requireListen() throws ErrnoException {
    if (listen.isCompletedExceptionally()) {
      ErrnoException refusal = unknown("listen", spec.listen());
      throw Relays.refused(refusal.errno(), refusal.why());
    }
    if (!listen.isDone()) {
      throw Relays.refused(
          Errno.EAGAIN,
          "listen=%s: the host %s is still being looked up: try again in a moment, or write an address of this machine"
              .formatted(spec.listen(), spec.listen().host()));
    }
    return new InetSocketAddress(listen.join(), spec.listen().port());
  }

  /** Where its connections are to go. */
  Target connect() {
    return connect;
  }
}
