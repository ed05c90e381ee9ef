package io.github.vcgroupfs.traffic;

/** Requests of one end and responses of the other, one after the other. Not thread-safe. */
final class Dialogue {
  private final Session session;
  private final Client client;
  private final Server server;
  private int responseBytes;
  private int requestBytes;

  Dialogue(Session session) {
    this.session = session;
    this.client = new Client();
    this.server = new Server();
  }

  Client client() {
    return client;
  }

  Server server() {
    return server;
  }

  private long nowNs() {
    return session.network().events().nowNs();
  }

  /** What one of the two does: it waits for a message, and sends another. */
  abstract class Half implements Writer.Work, Reader.Work {
    private final boolean back;

    /** What has come of the message that is waited for. */
    private int got;

    /** Before that, nothing is sent. */
    long readyNs = nowNs();

    Half(boolean back) {
      this.back = back;
    }

    @Override
    public Rate rate() {
      return session.spec().read();
    }

    @Override
    public int chunk() {
      return (int) session.draw(session.spec().transfer().chunk(), !back);
    }

    @Override
    public void read(int bytes) {
      got += bytes;
      if (isWaiting() && got >= expected()) {
        got -= expected();
        complete(nowNs() + Side.callNs(bytes));
      }
    }

    abstract boolean isWaiting();

    abstract int expected();

    /** All of the message that was waited for has come. */
    abstract void complete(long atNs);

    @Override
    public void returned(int bytes) {}

    /** Whether it is time to send; else it will be tried again then. */
    boolean isTime() {
      long waitNs = readyNs - nowNs();
      if (waitNs > 0) {
        session.side(back).start(waitNs);
      }
      return waitNs <= 0;
    }
  }

  /** Sends requests. */
  final class Client extends Half {
    private int leftRequests = session.spec().exchange().requests();
    private boolean endless = leftRequests == Exchange.ENDLESS;
    private boolean waiting;

    /** When the next one may begin at a limited rate. */
    private long nextNs = nowNs();

    private Client() {
      super(false);
    }

    /** More requests, or no end of them. */
    void change(boolean more) {
      int requests = session.spec().exchange().requests();
      endless = requests == Exchange.ENDLESS;
      leftRequests = more && !endless ? leftRequests + requests : leftRequests;
    }

    @Override
    public int next() {
      Rate rate = session.spec().send();
      if (waiting || rate.isZero()) {
        return 0;
      }
      if (!endless && leftRequests <= 0) {
        session.finished();
        return 0;
      }
      readyNs = rate.isMax() ? readyNs : Math.max(readyNs, nextNs);
      if (!isTime()) {
        return 0;
      }
      leftRequests--;
      waiting = true;
      Exchange exchange = session.spec().exchange();
      requestBytes = (int) session.draw(exchange.request(), true);
      responseBytes = (int) session.draw(exchange.response(), false);
      nextNs = rate.isMax() ? nowNs() : nowNs() + rate.intervalNs(requestBytes);
      server.awaits = true;
      return requestBytes;
    }

    @Override
    boolean isWaiting() {
      return waiting;
    }

    @Override
    int expected() {
      return responseBytes;
    }

    @Override
    void complete(long atNs) {
      waiting = false;
      readyNs = atNs + session.draw(session.spec().exchange().think(), true);
      session.side(false).start(readyNs - nowNs());
    }
  }

  /** Sends a response to each request. */
  final class Server extends Half {
    private boolean awaits;
    private boolean due;

    private Server() {
      super(true);
    }

    @Override
    public int next() {
      if (!due || !isTime()) {
        return 0;
      }
      due = false;
      return responseBytes;
    }

    @Override
    boolean isWaiting() {
      return awaits;
    }

    @Override
    int expected() {
      return requestBytes;
    }

    @Override
    void complete(long atNs) {
      awaits = false;
      due = true;
      readyNs = atNs + session.draw(session.spec().exchange().serve(), false);
      session.side(true).start(readyNs - nowNs());
    }
  }
}
