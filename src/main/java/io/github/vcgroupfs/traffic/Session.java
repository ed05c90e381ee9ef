package io.github.vcgroupfs.traffic;

import io.github.vcgroupfs.sock.Sock;
import io.github.vcgroupfs.traffic.tcp.EventQueue;
import io.github.vcgroupfs.traffic.tcp.PageFrag;
import io.github.vcgroupfs.traffic.tcp.TcpEnd;
import io.github.vcgroupfs.traffic.tcp.TcpLink;
import org.jspecify.annotations.Nullable;

/**
 * One connection from its handshake to its end, with the programs at both ends. Not thread-safe:
 * guarded by the lock of {@link Traffic}.
 */
final class Session implements Reader.Work {
  /** A program whose {@code connect} got no memory tries again after that. */
  private static final long RETRY_NS = 1_000_000_000;

  private final Connection connection;

  /** Which connection of its place it is. */
  private final int number;

  private final Side client;

  /** Null until the handshake is done: a request has no socket. */
  private @Nullable Side server;

  /** Made when there is something to send: most connections of a large machine are idle. */
  private @Nullable TcpLink link;

  private @Nullable StreamWork stream;
  private @Nullable Dialogue dialogue;
  private EventQueue.@Nullable Event timer;

  Session(Connection connection, int number, Sock from) {
    this.connection = connection;
    this.number = number;
    this.client = new Side(this, from);
  }

  int number() {
    return number;
  }

  Network network() {
    return connection.network();
  }

  PageFrag frag() {
    return connection.frag();
  }

  FlowSpec spec() {
    return connection.spec();
  }

  long draw(Distribution of, boolean writer) {
    return connection.draw(of, writer);
  }

  void sent(int bytes) {
    connection.sent(bytes);
  }

  void received(int bytes) {
    connection.received(bytes);
  }

  Side client() {
    return client;
  }

  /** The end that accepted, or null: the handshake is not done. */
  @Nullable Side server() {
    return server;
  }

  /** The writer of one of the programs. */
  Writer side(boolean back) {
    Side side = back ? server : client;
    Writer writer = side == null ? null : side.writer();
    if (writer == null) {
      throw new IllegalStateException("a program that does not write was started");
    }
    return writer;
  }

  /** {@code connect}. */
  void connect() {
    Network network = network();
    if (network.sendSyn(client.sk())) {
      long handshakeNs = connection.handshakeNs();
      if (handshakeNs == 0) {
        established();
      } else {
        timer = network.events().after(handshakeNs, this::established);
      }
    } else {
      timer = network.events().after(RETRY_NS, this::connect); // ENOBUFS
    }
  }

  private void established() {
    Network network = network();
    timer = null;
    server = new Side(this, connection.accept());
    network.shakeHands(client.sk(), server.sk(), spec().options());
    timer = network.synAcknowledged(client.sk(), this::timerOfSyn);
    start(server);
  }

  /** {@code tcp_write_timer_handler}: the timer of the SYN fires if nothing else was sent. */
  private void timerOfSyn() {
    timer = null;
    if (link == null) {
      client.sk().reclaim();
    }
  }

  private void start(Side accepted) {
    if (spec().exchange().hasRequests()) {
      Dialogue talk = new Dialogue(this);
      dialogue = talk;
      accepted.writes(talk.server());
      client.writes(talk.client()).start(0);
      client.reads(talk.client()).start();
      accepted.reads(talk.server()).start();
      return;
    }
    StreamWork work = new StreamWork(this, false);
    stream = work;
    Writer writer = client.writes(work);
    if (!spec().send().isZero()) {
      writer.start(0);
    }
    accepted.reads(this).start();
    startBack(accepted);
  }

  private void startBack(Side accepted) {
    if (!spec().exchange().back().isZero() && accepted.writer() == null) {
      accepted.writes(new StreamWork(this, true)).start(0);
      accepted.configure(spec().options());
      client.reads(this).start();
    }
  }

  /** Other numbers from now on. */
  void change(boolean moreBytes) {
    Side accepted = server;
    if (accepted == null) {
      return; // they count when it starts
    }
    StreamWork work = stream;
    Dialogue talk = dialogue;
    if (work != null) {
      work.change(moreBytes);
    }
    if (talk != null) {
      talk.client().change(moreBytes);
    }
    restart(client);
    restart(accepted);
    if (talk == null) {
      startBack(accepted);
    }
  }

  private void restart(Side side) {
    Writer writer = side.writer();
    Reader reader = side.reader();
    if (side.isClosed()) {
      return;
    }
    side.sk().reserve(spec().options().reserve());
    side.configure(spec().options());
    if (writer != null) {
      writer.start(0);
    }
    if (reader != null) {
      reader.start();
    }
  }

  /** The program that connected has written all it had to. */
  void finished() {
    switch (spec().lifetime().then()) {
      case STAY -> {}
      case CLOSE -> client.close();
      case RESET -> client.reset();
      case REOPEN -> {
        client.close();
        connection.reopen();
      }
    }
  }

  /** Makes the connection, if it was never used. */
  void link() {
    Side accepted = server;
    if (link != null) {
      return;
    }
    if (accepted == null) {
      throw new IllegalStateException("used before the handshake");
    }
    TcpLink made =
        network()
            .link(
                new TcpLink.End(client.sk(), client),
                new TcpLink.End(accepted.sk(), accepted),
                connection.way(number));
    link = made;
    client.linked(made.client());
    accepted.linked(made.server());
    client.configure(spec().options());
    accepted.configure(spec().options());
  }

  /** Whether nothing is left of it. */
  boolean isOver() {
    TcpLink made = link;
    return made != null && made.isOver();
  }

  /** Ends it at once, without a word between its ends. All memory is given back. */
  void tearDown() {
    client.stop();
    EventQueue.Event pending = timer;
    if (pending != null) {
      pending.cancel();
    }
    Side accepted = server;
    if (accepted != null) {
      accepted.stop();
    }
    TcpLink made = link;
    if (made != null) {
      made.close();
      return;
    }
    client.sk().close();
    if (accepted != null) {
      accepted.sk().close();
    }
  }

  /** The end of the connection that accepted, or null. */
  private @Nullable TcpEnd accepted() {
    TcpLink made = link;
    return made == null ? null : made.server();
  }

  /** What the reader of the end that accepted offers and that is not used up, bytes. */
  int windowBytes() {
    TcpEnd end = accepted();
    return end == null ? 0 : end.windowBytes();
  }

  @Override
  public Rate rate() {
    return spec().read();
  }

  @Override
  public int chunk() {
    return (int) draw(spec().transfer().chunk(), false);
  }

  @Override
  public void read(int bytes) {}
}
