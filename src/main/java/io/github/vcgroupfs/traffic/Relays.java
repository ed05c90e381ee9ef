package io.github.vcgroupfs.traffic;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.cgroupfs.file.Writer;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.os.DescriptorLimit;
import io.github.vcgroupfs.rights.Quota;
import io.github.vcgroupfs.rights.Quotas;
import io.github.vcgroupfs.rights.Sharing;
import io.github.vcgroupfs.traffic.netty.ChannelAccounting;
import io.netty.channel.ChannelFuture;
import java.net.BindException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code sim.tcp.relay}: the relays of one hierarchy. Threads and sockets are made with the first
 * relay.
 *
 * <p>Thread-safe. Its monitor is held for a few instructions. Whoever changes the relays of a group
 * holds that group's {@link RelayTable#changing} meanwhile, because binding a socket may take time;
 * readers and other groups do not wait for it.
 */
final class Relays implements ServedFile, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Relays.class);

  /** An address that a busy machine does not bind in that time is not worth waiting for. */
  private static final int MAX_WAIT_MS = 2_000;

  private static final List<Errno> BIND_ERRORS =
      List.of(Errno.EADDRINUSE, Errno.EADDRNOTAVAIL, Errno.EACCES);

  private final Sharing sharing;
  private final CgroupTree tree;
  private final ChannelAccounting accounting;
  private final LazyEventLoops threads;
  private final Resolver resolver;

  @GuardedBy("this")
  private final Map<MemCgroup, RelayTable> tables = new LinkedHashMap<>();

  /** Relays that were removed, for as long as they have connections. */
  @GuardedBy("this")
  private final Map<MemCgroup, List<Relay>> ending = new HashMap<>();

  @GuardedBy("this")
  private boolean closed;

  Relays(CgroupTree tree, Sharing sharing) {
    this(tree, sharing, EventLoops::start, Resolver.ofThisMachine());
  }

  /**
   * Relays on chosen sockets.
   *
   * @param sharing how many the users of the mount may have, and who sees where they lead
   * @param threads makes the threads, when they are needed
   * @param resolver looks up the names of hosts; is closed with this
   */
  Relays(CgroupTree tree, Sharing sharing, Supplier<EventLoops> threads, Resolver resolver) {
    this.tree = tree;
    this.sharing = sharing;
    this.threads = new LazyEventLoops(threads);
    this.resolver = resolver;
    this.accounting = new ChannelAccounting(tree);
    tree.addGroupListener(group -> groupRemoved(MemCgroup.of(group)));
  }

  @Override
  public String read(Cgroup cgroup, Caller caller) {
    return RelayTable.text(relays(MemCgroup.of(cgroup)), relay -> showsAddresses(relay, caller));
  }

  private synchronized List<Relay> relays(MemCgroup group) {
    RelayTable table = tables.get(group);
    return table == null ? List.of() : table.all();
  }

  /** Whether a reader may know whom a relay connects. */
  private boolean showsAddresses(Relay relay, Caller reader) {
    return sharing.rights().isOwner(reader) || relay.maker().uid() == reader.uid();
  }

  @Override
  public void write(Cgroup cgroup, Writer writer, String text) throws ErrnoException {
    MemCgroup group = MemCgroup.of(cgroup);
    writer.sharing().rights().requireUserTraffic(writer.caller(), Served.TCP_RELAY.fullName());
    List<RelayCommand> commands = RelayCommandParser.parse(text);
    List<RelayEnds> ends = new ArrayList<>();
    for (RelayCommand command : commands) {
      if (command instanceof RelayCommand.Add add) {
        ends.add(new RelayEnds(add.spec(), resolver, writer));
      }
    }
    RelayEnds.awaitAll(ends);
    for (RelayEnds each : ends) {
      each.requireAllowed();
    }
    RelayTable table = enter(group);
    table.changing().lock();
    try {
      carryOut(group, table, commands, ends);
    } finally {
      table.changing().unlock();
      leave(group, table);
    }
  }

  private synchronized RelayTable enter(MemCgroup group) throws ErrnoException {
    requireOpen(group);
    RelayTable table = tables.computeIfAbsent(group, key -> new RelayTable());
    table.enter();
    return table;
  }

  private synchronized void leave(MemCgroup group, RelayTable table) {
    table.leave();
    if (table.isUseless()) {
      tables.remove(group, table);
    }
  }

  @GuardedBy("this")
  private void requireOpen(MemCgroup group) throws ErrnoException {
    if (closed || !group.isAlive()) {
      throw refused(Errno.ENODEV, group.path() + " was removed");
    }
  }

  /**
   * Carries out all commands or none. The caller holds {@link RelayTable#changing}.
   *
   * @param ends of what is added, in that order
   */
  private void carryOut(
      MemCgroup group, RelayTable table, List<RelayCommand> commands, List<RelayEnds> ends)
      throws ErrnoException {
    plan(names(group, table), commands);
    List<Relay> added = new ArrayList<>();
    List<Relay> ended = List.of();
    boolean done = false;
    try {
      for (RelayCommand command : commands) {
        if (command instanceof RelayCommand.Add add) {
          added.add(listen(group, add, ends.get(added.size())));
        }
      }
      ended = apply(group, table, commands, added);
      done = true;
    } finally {
      if (!done) {
        added.forEach(Relay::stop);
        added.forEach(relay -> relay.awaitStopped(MAX_WAIT_MS)); // their ports are free again then
      }
    }
    added.forEach(relay -> relay.target().onFailure(failure -> unknown(group, relay, failure)));
    ended.forEach(Relay::abort);
    ended.forEach(relay -> relay.awaitAborted(MAX_WAIT_MS));
  }

  /**
   * What names there are.
   *
   * @param relays of those that listen
   * @param left of those that were removed, but have connections
   */
  private record Names(Set<String> relays, Set<String> left) {}

  private synchronized Names names(MemCgroup group, RelayTable table) {
    Set<String> left = new HashSet<>();
    for (Relay each : ending.getOrDefault(group, List.of())) {
      if (!each.links().isEmpty()) {
        left.add(each.name());
      }
    }
    return new Names(
        table.all().stream().map(Relay::name).collect(Collectors.toCollection(HashSet::new)), left);
  }

  private void unknown(MemCgroup group, Relay relay, Throwable failure) {
    LOG.info("relay {} of {}: {}", relay.name(), group.path(), failure + "");
    tree.tellFailure(
        group.cgroup(),
        Served.TCP_RELAY.fullName(),
        relay.name(),
        RelayEnds.refusal(failure, "connect", relay.spec().connect()));
  }

  /** Looks at every name before anything is done. */
  private static void plan(Names names, List<RelayCommand> commands) throws ErrnoException {
    for (RelayCommand command : commands) {
      if (command instanceof RelayCommand.Remove remove) {
        boolean isLeft = remove.connections() && names.left().contains(command.name());
        if (!names.relays().remove(command.name()) && !isLeft) {
          throw refused(
              Errno.ENOENT, "there is no relay %s: add it first".formatted(command.name()));
        }
      } else if (!names.relays().add(command.name())) {
        throw refused(
            Errno.EEXIST,
            "there is a relay %s already: remove it, or take another name"
                .formatted(command.name()));
      }
    }
  }

  private Relay listen(MemCgroup group, RelayCommand.Add add, RelayEnds ends)
      throws ErrnoException {
    RelaySpec spec = add.spec();
    requireDescriptors();
    Quotas quotas = sharing.quotas();
    Caller maker = ends.writer().caller();
    quotas.take(maker, Quota.RELAYS, 1); // until it stops
    Relay relay =
        new Relay(
            add,
            new Relay.Maker(maker, quotas),
            group,
            accounting,
            SocketMaker.of(ends.writer(), threads.get()),
            ends.connect());
    ChannelFuture bound = relay.listen(ends.requireListen());
    if (!bound.awaitUninterruptibly(MAX_WAIT_MS)) {
      relay.stop();
      throw refused(Errno.EAGAIN, "listen=" + spec.listen() + " takes too long: try again");
    }
    if (!bound.isSuccess()) {
      relay.stop();
      throw bindRefused(spec, bound.cause());
    }
    return relay;
  }

  private static void requireDescriptors() throws ErrnoException {
    DescriptorLimit limit = Relay.DESCRIPTORS;
    if (limit.isReached()) {
      throw refused(
          Errno.EMFILE,
          ("the daemon can hold no more sockets: %d of its %d descriptors are its own; "
                  + "remove relays, end connections or raise ulimit -n")
              .formatted(limit.reserved(), limit.most()));
    }
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
   * The errno of a failed bind(2), EIO for all but three. The JDK tells only {@code strerror}'s
   * text ({@code handleSocketError} in {@code src/java.base/unix/native/libnio/ch/Net.c}), and that
   * in the language of the machine: a text in another one is taken for the usual case.
   */
  private static Errno errnoOf(Throwable cause) {
    for (Errno errno : BIND_ERRORS) {
      if (errno.text().equals(cause.getMessage())) {
        return errno;
      }
    }
    return cause instanceof BindException ? Errno.EADDRINUSE : Errno.EIO;
  }

  /** Changes the table; returns the relays whose connections are to end. */
  private synchronized List<Relay> apply(
      MemCgroup group, RelayTable table, List<RelayCommand> commands, List<Relay> added)
      throws ErrnoException {
    requireOpen(group); // if it is removed after this, groupRemoved() comes after this, too
    List<Relay> ended = new ArrayList<>();
    int next = 0;
    for (RelayCommand command : commands) {
      if (command instanceof RelayCommand.Remove remove) {
        Relay removed = table.get(command.name());
        if (removed != null) {
          end(group, removed);
          table.remove(command.name());
        }
        if (remove.connections()) {
          ending.getOrDefault(group, List.of()).stream()
              .filter(relay -> relay.name().equals(command.name()))
              .forEach(ended::add);
        }
      } else {
        Relay relay = added.get(next++);
        LOG.info("relay {} of {} listens on {}", relay.name(), group.path(), relay.listensOn());
        table.put(relay);
      }
    }
    return ended;
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

  /** Adds the sockets of a group's relays, as the reader may see them. */
  void list(SocketList sockets, Caller reader) {
    List<Relay> all = new ArrayList<>(relays(sockets.group()));
    synchronized (this) {
      all.addAll(ending.getOrDefault(sockets.group(), List.of()));
    }
    all.forEach(relay -> sockets.add(relay, showsAddresses(relay, reader)));
  }

  /** Counts the sockets of all groups. */
  synchronized void add(SocketSums sums) {
    tables.forEach(
        (group, table) -> table.all().forEach(relay -> sums.add(group, 2L * relay.links().size())));
    ending.forEach(
        (group, relays) -> relays.forEach(relay -> sums.add(group, 2L * relay.links().size())));
  }

  /** A refusal that is a line in the log, too. */
  static ErrnoException refused(Errno errno, String why) {
    LOG.warn("sim.tcp.relay: {}: {}", errno, why);
    return new ErrnoException(errno, why);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      tables.values().forEach(table -> table.all().forEach(Relay::abort));
      ending.values().forEach(relays -> relays.forEach(Relay::abort));
      tables.clear();
      ending.clear();
    }
    resolver.close();
    threads.close();
  }
}
