package io.github.vcgroupfs.traffic;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroupfs.file.Figures;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.cgroupfs.file.Writer;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.rights.Quota;
import io.github.vcgroupfs.rights.Quotas;
import io.github.vcgroupfs.rights.Sharing;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The traffic of one hierarchy, simulated and relayed, with the files that people use to start and
 * stop it. {@link FlowTable} holds the flows of a group, {@link Connection} moves data, and {@link
 * EventQueue} decides when.
 *
 * <p>Time is that of the machine, and a thread follows it; or it is virtual, and moves when {@link
 * #runUntil} is called. Thread-safe. {@link #close()} ends the thread and all connections.
 */
public final class Traffic implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);

  /** Events run before the lock is given up once: a file is never kept waiting for long. */
  private static final int MAX_BATCH_EVENTS = 64;

  private final Quotas quotas;
  private final CgroupTree tree;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();

  /** Null on virtual time. */
  private final @Nullable Thread thread;

  /** Null where there are only simulated connections. */
  private final @Nullable Relays relays;

  @GuardedBy("lock")
  private final EventQueue events;

  @GuardedBy("lock")
  private final Network network;

  @GuardedBy("lock")
  private final Map<MemCgroup, FlowTable> tables = new LinkedHashMap<>();

  @GuardedBy("lock")
  private final Lag lag = new Lag();

  @GuardedBy("lock")
  private boolean closed;

  private Traffic(CgroupTree tree, Sharing sharing, long seed, Pace pace, @Nullable Relays relays) {
    this.tree = tree;
    this.quotas = sharing.quotas();
    this.nanoTime = pace.nanoTime();
    this.events = pace.events();
    this.network = new Network(tree, events, seed);
    this.thread = pace.runs() ? new Thread(this::run, "vcgroupfs-traffic") : null;
    this.relays = relays;
    tree.addGroupListener(group -> groupRemoved(MemCgroup.of(group)));
  }

  /** How time goes by: by itself, or when somebody says so. */
  private record Pace(LongSupplier nanoTime, EventQueue events, boolean runs) {
    static Pace ofTheWall() {
      return new Pace(System::nanoTime, new EventQueue(System.nanoTime()), true);
    }
  }

  /**
   * Traffic in real time, on a thread of its own, with relays of real connections.
   *
   * @param sharing how much of it the users of the mount may have
   * @param seed the seed of everything random
   */
  public static Traffic onWallClock(CgroupTree tree, Sharing sharing, long seed) {
    return new Traffic(tree, sharing, seed, Pace.ofTheWall(), new Relays(tree, sharing));
  }

  /** The same without relays: no connection is real. */
  public static Traffic simulatedOnWallClock(CgroupTree tree, Sharing sharing, long seed) {
    return new Traffic(tree, sharing, seed, Pace.ofTheWall(), null);
  }

  /**
   * Simulated traffic that moves when {@link #runUntil} is called, and has no thread.
   *
   * @param sharing how much of it the users of the mount may have
   * @param seed the seed of everything random
   * @param events the clock; nobody but this object adds or runs events from now on
   */
  public static Traffic onVirtualTime(
      CgroupTree tree, Sharing sharing, long seed, EventQueue events) {
    return new Traffic(tree, sharing, seed, new Pace(events::nowNs, events, false), null);
  }

  /**
   * Moves virtual time forward, and does what there is to do until then. The same seed and the same
   * calls give the same traffic. Preconditions: it was made on virtual time.
   */
  public void runUntil(long timeNs) {
    lock.lock();
    try {
      events.runDue(timeNs, Integer.MAX_VALUE);
    } finally {
      lock.unlock();
    }
  }

  /** Moves virtual time forward and does nothing. */
  public void advanceTo(long timeNs) {
    lock.lock();
    try {
      events.advanceTo(timeNs);
    } finally {
      lock.unlock();
    }
  }

  /** The flows whose sending ends are in that group, in the order in which they were added. */
  public List<FlowState> flows(Cgroup group) {
    lock.lock();
    try {
      FlowTable table = tables.get(MemCgroup.of(group));
      return table == null ? List.of() : table.states();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The files of the traffic: {@code sim.tcp.flows}, {@code sim.tcp.sockets} and, with relays,
   * {@code sim.tcp.relay}.
   */
  public Map<Served, ServedFile> files() {
    Map<Served, ServedFile> files = new EnumMap<>(Served.class);
    files.put(Served.TCP_FLOWS, new FlowsFile());
    files.put(Served.TCP_SOCKETS, new SocketsFile());
    if (relays != null) {
      files.put(Served.TCP_RELAY, relays);
    }
    return files;
  }

  @Override
  public void close() {
    if (relays != null) {
      relays.close();
    }
    lock.lock();
    try {
      closed = true;
      tables.values().forEach(FlowTable::close);
      tables.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The thread begins with the first flow: most hierarchies never have one. */
  @GuardedBy("lock")
  private void wakeUp() {
    if (thread != null && thread.getState() == Thread.State.NEW) {
      thread.setDaemon(true);
      thread.start();
    }
    changed.signalAll();
  }

  private void run() {
    lock.lock();
    try {
      while (!closed) {
        if (runBatch()) {
          awaitNext();
        } else {
          letOthersIn();
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** The lock is fair: whoever waits for it comes before us. */
  @SuppressWarnings(
      "LockNotBeforeTry") // given up and taken again; the caller's finally gives it back
  @GuardedBy("lock")
  private void letOthersIn() {
    if (lock.hasQueuedThreads()) {
      lock.unlock();
      lock.lock();
    }
  }

  @GuardedBy("lock")
  private boolean runBatch() {
    try {
      long nowNs = nanoTime.getAsLong();
      boolean done = events.runDue(nowNs, MAX_BATCH_EVENTS);
      lag.observe(done ? 0 : nowNs - events.nowNs(), nowNs);
      return done;
    } catch (RuntimeException defect) {
      // One broken event must not end all traffic; the event is gone from the queue already.
      LOG.error("an event of the simulated traffic failed", defect);
      return false;
    }
  }

  /** Sleeps until the next event is due or a command came; waking early does no harm. */
  @SuppressWarnings("WaitNotInLoop") // the loop is in run(): it looks at the queue again
  @GuardedBy("lock")
  private void awaitNext() throws InterruptedException {
    long nextNs = events.nextNs();
    if (nextNs == Long.MAX_VALUE) {
      changed.await();
    } else {
      changed.awaitNanos(nextNs - nanoTime.getAsLong());
    }
  }

  private void groupRemoved(MemCgroup group) {
    lock.lock();
    try {
      FlowTable table = tables.remove(group);
      if (table != null) {
        Map<Integer, Long> counts = table.connectionsByUser();
        table.close();
        counts.forEach((uid, count) -> quotas.give(uid, Quota.CONNECTIONS, count));
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private FlowTable newTable(MemCgroup group) {
    return new FlowTable(network.connector(group));
  }

  /** {@code sim.tcp.flows}. */
  private final class FlowsFile implements ServedFile {
    @Override
    public String read(Cgroup group, Caller caller) {
      lock.lock();
      try {
        FlowTable table = tables.get(MemCgroup.of(group));
        return (table == null ? "" : table.text()) + lag.text();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void write(Cgroup cgroup, Writer writer, String text) throws ErrnoException {
      MemCgroup group = MemCgroup.of(cgroup);
      List<FlowCommand> commands = FlowCommand.parse(text);
      lock.lock();
      try {
        if (closed || !group.isAlive()) {
          throw new ErrnoException(
              Errno.ENODEV, group.path() + " was removed: make it again, and open its files again");
        }
        network.require(commands);
        requireOwnPeers(writer, FlowTable.peerPaths(commands));
        FlowTable known = tables.get(group);
        FlowTable table = known == null ? newTable(group) : known;
        Caller caller = writer.caller();
        Map<Integer, Long> changes = table.plan(commands, caller.uid());
        quotas.change(caller, Quota.CONNECTIONS, changes); // before any memory is taken
        events.advanceTo(nanoTime.getAsLong());
        table.apply(commands, caller.uid());
        if (table.isEmpty()) {
          tables.remove(group);
        } else {
          tables.put(group, table);
        }
        wakeUp();
      } finally {
        lock.unlock();
      }
    }

    /** The receiving end of a flow is charged to its group, which must be the writer's to fill. */
    private void requireOwnPeers(Writer writer, List<String> paths) throws ErrnoException {
      for (String each : paths) {
        Cgroup peer = tree.find(each);
        if (peer != null && !writer.owns(peer)) {
          throw new ErrnoException(
              Errno.EPERM,
              ("peer=%s: a flow fills the memory of its peer, too, and that group is not uid "
                      + "%s's: take one of your own, same or outside")
                  .formatted(each, Integer.toUnsignedString(writer.caller().uid())));
        }
      }
    }
  }

  /** {@code sim.tcp.sockets}: also of flows of other groups that have their readers here. */
  private final class SocketsFile implements ServedFile {
    @Override
    public String read(Cgroup group, Caller reader) {
      SocketList sockets = new SocketList(MemCgroup.of(group));
      lock.lock();
      try {
        tables.values().forEach(table -> table.list(sockets));
      } finally {
        lock.unlock();
      }
      if (relays != null) {
        relays.list(sockets, reader);
      }
      return sockets.toString();
    }

    @Override
    public Figures figures() {
      SocketSums sums = new SocketSums(tree.controller(MemoryController.class));
      lock.lock();
      try {
        tables.values().forEach(table -> table.flows().forEach(sums::add));
      } finally {
        lock.unlock();
      }
      if (relays != null) {
        relays.add(sums);
      }
      return sums;
    }
  }
}
