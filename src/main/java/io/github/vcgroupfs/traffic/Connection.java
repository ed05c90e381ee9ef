package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.tcp.TcpCounter;
import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.traffic.tcp.Draws;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import io.github.vcgroupfs.traffic.tcp.PageFrag;
import io.github.vcgroupfs.traffic.tcp.TcpLink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the connections of a flow. Its programs may close it and connect anew, so it is one {@link
 * Session} after the other, and those before may not be over yet. Not thread-safe: guarded by the
 * lock of {@link Traffic}.
 */
final class Connection {
  /** TCP_TIMEOUT_INIT. */
  private static final long SYN_TIMEOUT_NS = 1_000_000_000;

  /** {@code sysctl_tcp_syn_retries}. */
  private static final int SYN_RETRIES = 6;

  private final Network network;
  private final MemCgroup group;
  private final PageFrag frag;

  /** Of what the programs draw by chance; each has a stream of its own. */
  private final long seed;

  private FlowSpec spec;
  private @Nullable Draws writerDraws;
  private @Nullable Draws readerDraws;

  /** The one that has a program at it; null in the pause between two. */
  private @Nullable Session session;

  /** Sessions that were closed and that are not over; most connections never have any. */
  private @Nullable ArrayDeque<Session> closing;

  private EventQueue.@Nullable Event pause;
  private int opened;
  private boolean ended;
  private long sentBytes;
  private long receivedBytes;

  /**
   * A connection that is not open yet.
   *
   * @param group of the end that connects
   * @param frag where the sending program's data is copied to
   * @param seed of what is drawn by chance
   */
  Connection(Network network, MemCgroup group, PageFrag frag, FlowSpec spec, long seed) {
    this.network = network;
    this.group = group;
    this.frag = frag;
    this.spec = spec;
    this.seed = seed;
  }

  Network network() {
    return network;
  }

  PageFrag frag() {
    return frag;
  }

  FlowSpec spec() {
    return spec;
  }

  /** Connects, and sets the programs to work. */
  void start() {
    pause = null;
    Sock from = network.open(group, spec.options());
    from.count(TcpCounter.OPENED);
    Session made = new Session(this, opened++, from);
    session = made;
    made.connect();
  }

  /** The socket of the end that accepts. */
  Sock accept() {
    return network.open(network.peer(group, spec), spec.options());
  }

  /** Other rates or sizes from now on; more bytes or requests, if there is an end. */
  void change(FlowSpec newSpec, boolean more) {
    spec = newSpec;
    Session now = session;
    if (now == null) {
      return;
    }
    if (now.client().isClosed() && more) {
      retire(now);
      start();
    } else {
      now.change(more);
    }
  }

  /** The program has closed, and connects anew after its pause. */
  void reopen() {
    Session now = session;
    if (now != null) {
      retire(now);
    }
    pause = network.events().after(draw(spec.lifetime().pause(), true), this::startAgain);
  }

  private void startAgain() {
    if (!ended) {
      start();
    }
  }

  private void retire(Session over) {
    session = null;
    ArrayDeque<Session> all = closing;
    if (all == null) {
      all = new ArrayDeque<>(2);
      closing = all;
    }
    while (!all.isEmpty() && all.getFirst().isOver()) {
      all.removeFirst();
    }
    all.add(over);
  }

  /** Ends everything at once. All memory is given back. */
  void close() {
    ended = true;
    EventQueue.Event pending = pause;
    if (pending != null) {
      pending.cancel();
    }
    sessions().forEach(Session::tearDown);
  }

  /** All that is not over, the oldest first. */
  List<Session> sessions() {
    List<Session> all = new ArrayList<>(1);
    ArrayDeque<Session> before = closing;
    if (before != null) {
      all.addAll(before);
    }
    Session now = session;
    if (now != null) {
      all.add(now);
    }
    return all;
  }

  /** The window that the receiver advertised and that is not used up, bytes. */
  int windowBytes() {
    Session now = session;
    return now == null ? 0 : now.windowBytes();
  }

  long sentBytes() {
    return sentBytes;
  }

  long receivedBytes() {
    return receivedBytes;
  }

  void sent(int bytes) {
    sentBytes += bytes;
  }

  void received(int bytes) {
    receivedBytes += bytes;
  }

  /** What is between both ends of a session. */
  TcpLink.Way way(int number) {
    return new TcpLink.Way(spec.path(), Draws.seed(seed, 2L + number));
  }

  /** How long a handshake takes; each time SYN or its answer is lost, it takes longer. */
  long handshakeNs() {
    double loss = spec.path().loss();
    long ns = spec.path().rttNs();
    if (loss > 0) {
      double lost = 1 - (1 - loss) * (1 - loss);
      for (int i = 0; i < SYN_RETRIES && draws(true).uniform() < lost; i++) {
        ns += SYN_TIMEOUT_NS << i;
      }
    }
    return ns;
  }

  /** The next value; most are fixed, and need no stream. */
  long draw(Distribution of, boolean writer) {
    return of.isFixed() ? of.least() : of.draw(draws(writer));
  }

  private Draws draws(boolean writer) {
    Draws draws = writer ? writerDraws : readerDraws;
    if (draws == null) {
      draws = new Draws(Draws.seed(seed, writer ? 0 : 1));
      if (writer) {
        writerDraws = draws;
      } else {
        readerDraws = draws;
      }
    }
    return draws;
  }
}
