package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.kernel.TcpFeature;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.sock.SockMemory;
import io.github.vcgroupfs.traffic.tcp.Draws;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import io.github.vcgroupfs.traffic.tcp.Handshake;
import io.github.vcgroupfs.traffic.tcp.NetworkPath;
import io.github.vcgroupfs.traffic.tcp.PageFrag;
import io.github.vcgroupfs.traffic.tcp.PathSpec;
import io.github.vcgroupfs.traffic.tcp.SocketOptions;
import io.github.vcgroupfs.traffic.tcp.TcpEnd;
import io.github.vcgroupfs.traffic.tcp.TcpLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The network of the simulated machine. It makes connections between groups of one hierarchy, all
 * with the same clock. Not thread-safe.
 */
public final class Network {
  private final CgroupTree tree;
  private final SockMemory memory;
  private final EventQueue events;
  private final NetworkPath path;
  private final Random random;
  private final long seed;

  /**
   * A network without connections.
   *
   * @param tree the hierarchy
   * @param events the clock, and what happens at which time
   * @param seed the seed of everything random
   */
  public Network(CgroupTree tree, EventQueue events, long seed) {
    this.tree = tree;
    this.memory = SockMemory.of(tree.controller(MemoryController.class).globals());
    this.events = events;
    this.random = new Random(seed);
    this.path =
        new NetworkPath(events, Math.floorMod(Draws.seed(seed, 0), memory.constants().jiffyNs()));
    this.seed = seed;
  }

  /** The clock, and what happens at which time. */
  public EventQueue events() {
    return events;
  }

  /**
   * Makes a connection whose two ends are polled, that is, non-blocking.
   *
   * @param from the group of the sending end
   * @param to the group of the receiving end
   * @param rttNs round-trip time in nanoseconds; 0 is loopback
   * @return null if there was no memory for the SYN: ENOBUFS
   */
  public @Nullable TcpLink connect(MemCgroup from, MemCgroup to, long rttNs) {
    Sock client = memory.open(from);
    if (!sendSyn(client)) {
      client.close();
      return null;
    }
    Handshake.synAcknowledged(client, memory.constants());
    return TcpLink.connect(
        new TcpLink.End(client, TcpEnd.Application.POLLING),
        new TcpLink.End(memory.open(to), TcpEnd.Application.POLLING),
        memory,
        path,
        new TcpLink.Way(PathSpec.LOOPBACK.withRttNs(rttNs), 0));
  }

  /**
   * What a program is told whose connect(2) has no memory for its SYN.
   *
   * @param group of the program
   * @param number which of its connections it was, from 1 on
   * @param connections how many it wanted
   */
  public static ErrnoException noMemoryForSyn(MemCgroup group, int number, long connections) {
    return new ErrnoException(
        Errno.ENOBUFS,
        ("connection %d of %d: connect(2) needs a page for its SYN, and the TCP memory of %s is at "
                + "its limit; raise the limit, or ask for %d connections")
            .formatted(number, connections, group.path(), number - 1));
  }

  /**
   * Looks whether so many more connections of a group can be opened: all of them or none. Where
   * connect(2) cannot fail for want of memory, there is nothing to look at.
   *
   * @throws ErrnoException ENOBUFS: the first that cannot, and why
   */
  private void requireMemory(MemCgroup group, long connections) throws ErrnoException {
    if (!memory.constants().has(TcpFeature.CONNECT_NEEDS_MEMORY)) {
      return;
    }
    List<Sock> tried = new ArrayList<>();
    boolean open = true;
    while (open && tried.size() < connections) {
      Sock from = memory.open(group);
      tried.add(from);
      open = sendSyn(from);
    }
    tried.forEach(Sock::close);
    if (!open) {
      throw noMemoryForSyn(group, tried.size(), connections);
    }
  }

  /** A link between two sockets. */
  TcpLink link(TcpLink.End from, TcpLink.End to, TcpLink.Way way) {
    return TcpLink.connect(from, to, memory, path, way);
  }

  /** A socket of a program in that group, with what has to be set before the handshake. */
  Sock open(MemCgroup group, SocketOptions options) {
    Sock sk = memory.open(group);
    options.applyTo(sk);
    return sk;
  }

  /** Charges the SYN; false if there was no memory for it. */
  boolean sendSyn(Sock from) {
    return Handshake.sendSyn(from, memory.constants());
  }

  /**
   * The SYN was acknowledged.
   *
   * @param timeout what its timer does, if anything is left to do for it
   * @return the timer, or null
   */
  EventQueue.@Nullable Event synAcknowledged(Sock from, Runnable timeout) {
    Handshake.synAcknowledged(from, memory.constants());
    return from.forwardAlloc() < Pages.SIZE_BYTES
        ? null
        : events.after(Handshake.TIMEOUT_NS, timeout);
  }

  /** Sets the buffer sizes that both have after the handshake. */
  void shakeHands(Sock from, Sock to, FlowSpec spec) {
    TcpLink.sizeBuffers(memory.constants().withMtu(spec.path().mtuBytes()), from, to);
    from.reserve(spec.options().reserve());
    to.reserve(spec.options().reserve());
  }

  /** Everything random. */
  Random random() {
    return random;
  }

  /** The flows whose sending ends are in this group. */
  public Flows flows(MemCgroup group) {
    return new Flows(this, group);
  }

  /** Makes the connections of a group's flows. Preconditions: peers were looked up before. */
  Flow.Connector connector(MemCgroup group) {
    long ofGroup = Draws.seed(seed, group.path().hashCode());
    return new Flow.Connector() {
      @Override
      public Connection connect(FlowSpec spec, PageFrag frag, long number) {
        return new Connection(Network.this, group, frag, spec, Draws.seed(ofGroup, number));
      }

      @Override
      public void requireMemory(long connections) throws ErrnoException {
        Network.this.requireMemory(group, connections);
      }
    };
  }

  /** The group of the ends that accept. */
  MemCgroup peer(MemCgroup group, FlowSpec spec) {
    String named = spec.peer().path();
    if (named != null) {
      MemCgroup found = find(named);
      return found == null ? group : found;
    }
    return spec.peer().equals(Peer.OUTSIDE) ? MemCgroup.of(tree.root()) : group;
  }

  /** Looks up the groups that are to be peers, and the options that are to be set. */
  void require(List<FlowCommand> commands) throws ErrnoException {
    for (FlowCommand command : commands) {
      String unknown = command.applyTo(FlowSpec.DEFAULT).options().unknownTo(memory.constants());
      if (unknown != null) {
        throw new ErrnoException(
            Errno.ENOPROTOOPT, unknown + ": leave it out, or take the profile of a newer kernel");
      }
    }
    for (String each : FlowTable.peerPaths(commands)) {
      if (find(each) == null) {
        throw new ErrnoException(
            Errno.ENOENT, "peer=%s: there is no such group; make it first".formatted(each));
      }
    }
  }

  private @Nullable MemCgroup find(String named) {
    Cgroup group = tree.find(named);
    return group == null ? null : MemCgroup.of(group);
  }
}
