package io.github.vcgroupfs.traffic;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.os.DescriptorLimit;
import io.github.vcgroupfs.traffic.netty.ChannelAccounting;
import io.netty.channel.ChannelFuture;
import io.netty.channel.unix.Errors;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code sim.tcp.relay}: the relays of one hierarchy. Thread-safe. Threads and sockets are made
 * with the first relay.
 */
final class Relays implements ServedFile, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Relays.class);

  /** A name server or a busy machine must not stall the mount for longer. */
  private static final int MAX_WAIT_MS = 2_000;

  /** Sockets are made for clients, so they leave the last descriptors to the daemon. */
  static final DescriptorLimit DESCRIPTORS = DescriptorLimit.self();

  private static final List<Errno> BIND_ERRORS =
      List.of(Errno.EADDRINUSE, Errno.EADDRNOTAVAIL, Errno.EACCES);

  private final ChannelAccounting accounting;
  private final Supplier<EventLoops> threads;

  @GuardedBy("this")
  private final Map<MemCgroup, RelayTable> tables = new LinkedHashMap<>();

  /** Relays that were removed, for as long as they have connections. */
  @GuardedBy("this")
  private final Map<MemCgroup, List<Relay>> ending = new HashMap<>();

  @GuardedBy("this")
  private @Nullable EventLoops loops;

  @GuardedBy("this")
  private boolean closed;

  Relays(CgroupTree tree) {
    this(tree, EventLoops::best);
  }

  /**
   * Relays on chosen sockets.
   *
   * @param threads makes the threads, when they are needed
   */
  Relays(CgroupTree tree, Supplier<EventLoops> threads) {
    this.threads = threads;
    this.accounting = new ChannelAccounting(tree);
    tree.addGroupListener(group -> groupRemoved(MemCgroup.of(group)));
  }

  @Override
  public synchronized String read(Cgroup cgroup, Caller caller) {
    MemCgroup group = MemCgroup.of(cgroup);
    RelayTable table = tables.get(group);
    return table == null ? "" : table.text();
  }

  @Override
  public void write(Cgroup cgroup, String text) throws ErrnoException {
    MemCgroup group = MemCgroup.of(cgroup);
    List<RelayCommand> commands = RelayCommandParser.parse(text);
    List<Addresses> addresses = new ArrayList<>();
    for (RelayCommand command : commands) {
      if (command instanceof RelayCommand.Add add) {
        addresses.add(Addresses.of(add.spec())); // may ask a name server: not under the lock
      }
    }
    carryOut(group, commands, addresses);
  }

  /**
   * Carries out all commands or none.
   *
   * @param addresses of what is added, in that order
   */
  private synchronized void carryOut(
      MemCgroup group, List<RelayCommand> commands, List<Addresses> addresses)
      throws ErrnoException {
    if (closed || !group.isAlive()) {
      throw refused(Errno.ENODEV, group.path() + " was removed");
    }
    RelayTable table = tables.computeIfAbsent(group, key -> new RelayTable());
    List<Relay> added = new ArrayList<>();
    boolean done = false;
    try {
      plan(table, commands);
      for (RelayCommand command : commands) {
        if (command instanceof RelayCommand.Add add) {
          added.add(listen(group, add, addresses.get(added.size())));
        }
      }
      apply(group, table, commands, added);
      done = true;
    } finally {
      if (!done) {
        added.forEach(Relay::stop);
      }
      if (table.isEmpty()) {
        tables.remove(group);
      }
    }
  }

  /** Looks at every name before anything is done. */
  private static void plan(RelayTable table, List<RelayCommand> commands) throws ErrnoException {
    Set<String> names = new HashSet<>();
    table.all().forEach(relay -> names.add(relay.name()));
    for (RelayCommand command : commands) {
      if (command instanceof RelayCommand.Remove) {
        if (!names.remove(command.name())) {
          throw refused(
              Errno.ENOENT, "there is no relay %s: add it first".formatted(command.name()));
        }
      } else if (!names.add(command.name())) {
        throw refused(
            Errno.EEXIST,
            "there is a relay %s already: remove it, or take another name"
                .formatted(command.name()));
      }
    }
  }

  @GuardedBy("this")
  private Relay listen(MemCgroup group, RelayCommand.Add add, Addresses addresses)
      throws ErrnoException {
    RelaySpec spec = add.spec();
    if (DESCRIPTORS.isReached()) {
      throw refused(
          Errno.EMFILE,
          "the daemon can hold no more sockets: %d of its %d descriptors are its own; remove relays, end connections or raise ulimit -n"
              .formatted(DESCRIPTORS.reserved(), DESCRIPTORS.most()));
    }
    EventLoops mine = loops;
    if (mine == null) {
      mine = threads.get();
      loops = mine;
    }
    Relay relay = new Relay(add.name(), spec, group, accounting, mine, addresses.connect());
    ChannelFuture bound = relay.listen(addresses.listen());
    if (!bound.awaitUninterruptibly(MAX_WAIT_MS)) {
      relay.stop();
      throw refused(Errno.EAGAIN, "listen=" + spec.listen() + " takes too long: try again");
    }
    if (!bound.isSuccess()) {
      throw bindRefused(spec, bound.cause());
    }
    return relay;
  }

  private static ErrnoException bindRefused(RelaySpec spec, Throwable cause) {
    Errno errno = errnoOf(cause);
    return refused(
        errno,
        switch (errno) {
          case EADDRINUSE ->
              ("listen=%s is taken by another listener: take another port, or remove"
                      + " that one in a write of its own first")
                  .formatted(spec.listen());
          case EADDRNOTAVAIL ->
              "listen=%s is no address of this machine: 127.0.0.1, 0.0.0.0, [::1] and [::] are"
                  .formatted(spec.listen());
          case EACCES ->
              "listen=%s needs a privilege: take a port from 1024 on".formatted(spec.listen());
          default -> "listen=%s: %s".formatted(spec.listen(), cause.getMessage());
        });
  }

  /**
   * The errno of a failed bind(2), EIO for all but three. Netty's own sockets tell the number;
   * those of the JDK only {@code strerror}'s text ({@code handleSocketError} in {@code
   * src/java.base/unix/native/libnio/ch/Net.c}).
   */
  private static Errno errnoOf(Throwable cause) {
    for (Errno errno : BIND_ERRORS) {
      boolean same =
          cause instanceof Errors.NativeIoException told
              ? errno.is(told.expectedErr())
              : errno.text().equals(cause.getMessage());
      if (same) {
        return errno;
      }
    }
    return Errno.EIO;
  }

  @GuardedBy("this")
  private void apply(
      MemCgroup group, RelayTable table, List<RelayCommand> commands, List<Relay> added) {
    int next = 0;
    for (RelayCommand command : commands) {
      if (command instanceof RelayCommand.Remove) {
        Relay removed = table.get(command.name());
        if (removed != null) {
          end(group, removed);
          table.remove(command.name());
        }
      } else {
        Relay relay = added.get(next++);
        LOG.info("relay {} of {} listens on {}", relay.name(), group.path(), relay.listensOn());
        table.put(relay);
      }
    }
  }

  /** Stops to listen; remembers the connections for the list of sockets. */
  @GuardedBy("this")
  private void end(MemCgroup group, Relay relay) {
    relay.stop();
    List<Relay> others = ending.computeIfAbsent(group, key -> new ArrayList<>());
    others.removeIf(other -> other.links().isEmpty());
    others.add(relay);
  }

  private synchronized void groupRemoved(MemCgroup group) {
    RelayTable table = tables.remove(group);
    if (table != null) {
      table.all().forEach(relay -> end(group, relay));
    }
    ending.values().forEach(relays -> relays.removeIf(relay -> relay.links().isEmpty()));
    ending.values().removeIf(List::isEmpty);
  }

  /** Adds the sockets of a group's relays. */
  synchronized void list(SocketList sockets) {
    RelayTable table = tables.get(sockets.group());
    if (table != null) {
      table.all().forEach(sockets::add);
    }
    ending.getOrDefault(sockets.group(), List.of()).forEach(sockets::add);
  }

  /**
   * The two ends of a relay, resolved.
   *
   * @param listen where it listens
   * @param connect where its connections go
   */
  private record Addresses(InetSocketAddress listen, InetSocketAddress connect) {
    static Addresses of(RelaySpec spec) throws ErrnoException {
      return new Addresses(resolve("listen", spec.listen()), resolve("connect", spec.connect()));
    }
  }

  private static InetSocketAddress resolve(String key, RelaySpec.Endpoint endpoint)
      throws ErrnoException {
    CompletableFuture<InetAddress> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return InetAddress.getByName(endpoint.host());
              } catch (UnknownHostException unknown) {
                throw new IllegalArgumentException(unknown);
              }
            });
    try {
      return new InetSocketAddress(answer.get(MAX_WAIT_MS, TimeUnit.MILLISECONDS), endpoint.port());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw refused(Errno.EINTR, "interrupted");
    } catch (ExecutionException | TimeoutException unknown) {
      throw refused(
          Errno.EHOSTUNREACH,
          "%s=%s: the host %s is not known here: write its address, or a name that resolves"
              .formatted(key, endpoint, endpoint.host()));
    }
  }

  /** A refusal that is a line in the log, too. */
  private static ErrnoException refused(Errno errno, String why) {
    LOG.warn("sim.tcp.relay: {}: {}", errno, why);
    return new ErrnoException(errno, why);
  }

  @Override
  public synchronized void close() {
    closed = true;
    tables.values().forEach(table -> table.all().forEach(Relay::abort));
    ending.values().forEach(relays -> relays.forEach(Relay::abort));
    tables.clear();
    ending.clear();
    if (loops != null) {
      loops.close();
    }
  }
}
