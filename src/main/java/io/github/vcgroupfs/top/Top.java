package io.github.vcgroupfs.top;

import io.github.vcgroupfs.os.TerminalCalls;
import io.github.vcgroupfs.watch.Hierarchy;
import io.github.vcgroupfs.watch.Snapshot;
import io.github.vcgroupfs.watch.Viewer;
import io.github.vcgroupfs.watch.WatchException;
import io.github.vcgroupfs.watch.WatchState;
import io.github.vcgroupfs.watch.Watcher;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A hierarchy for somebody to look at, in one of three ways. For one thread. */
public final class Top {
  private final Hierarchy hierarchy;
  private final TopOptions options;
  private final Surroundings surroundings;

  /** For a hierarchy that was found. */
  public Top(Hierarchy hierarchy, TopOptions options, Surroundings surroundings) {
    this.hierarchy = hierarchy;
    this.options = options;
    this.surroundings = surroundings;
  }

  /** Whether there is a terminal that a picture can live in. */
  public boolean canLive() {
    return surroundings.canPaint() && Console.isThere();
  }

  /** A picture that lives, until somebody presses q. */
  public void live() throws IOException, InterruptedException {
    new LiveTop(hierarchy, options, surroundings).run();
  }

  /**
   * One plain picture.
   *
   * @param rates whether it is worth to wait for a second look, so that rates are known
   */
  public void once(PrintWriter out, boolean rates) throws WatchException, InterruptedException {
    Optional<Snapshot> before = Optional.empty();
    Snapshot now = hierarchy.read();
    if (rates) {
      before = Optional.of(now);
      now = next(now);
    }
    Optional<TerminalCalls.Extent> terminal = TerminalCalls.extent(HostPty.OUT);
    Theme theme = terminal.isPresent() ? surroundings.theme() : Theme.NONE;
    Frame frame = new Frame(Sources.of(hierarchy), now, before);
    int width = terminal.map(TerminalCalls.Extent::columns).orElse(0);
    new PlainPicture(frame, State.of(options.view()), surroundings)
        .lines(width)
        .forEach(line -> out.println(Ansi.plain(line, theme)));
    out.flush();
  }

  private Snapshot next(Snapshot first) throws WatchException, InterruptedException {
    BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    try (Watcher watcher = new Watcher(hierarchy, options.interval())) {
      watcher.subscribe(new Queued(seen));
      while (true) {
        Object news = seen.take();
        if (news instanceof Snapshot snapshot
            && snapshot.timeMs() - first.timeMs() >= options.interval().toMillis() / 2) {
          return snapshot;
        }
        if (news instanceof WatchState state && !state.isSeen()) {
          return hierarchy.read(); // it says what is wrong
        }
      }
    }
  }

  /** What is seen now, as a line of JSON. */
  public void json(PrintWriter out) throws WatchException, IOException {
    out.println(line(hierarchy, hierarchy.read(), Optional.empty()));
    out.flush();
  }

  /** What is seen, a line of JSON each time, until nobody reads it any more. */
  public void jsonLines(PrintWriter out) throws IOException, InterruptedException {
    BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    Optional<Snapshot> before = Optional.empty();
    try (Watcher watcher = new Watcher(hierarchy, options.interval())) {
      watcher.subscribe(new Queued(seen));
      while (!out.checkError()) {
        Object news = seen.take();
        if (news instanceof Snapshot now) {
          out.println(line(watcher.hierarchy(), now, before));
          before = Optional.of(now);
        } else if (news instanceof WatchState state && !state.isSeen()) {
          out.println(SnapshotJson.trouble(state.why().orElse("it cannot be seen")));
          before = Optional.empty();
        }
      }
    }
  }

  private String line(Hierarchy from, Snapshot now, Optional<Snapshot> before) throws IOException {
    return SnapshotJson.line(from, now, before, options.filter());
  }

  /** Puts all that is seen into a queue. */
  private record Queued(BlockingQueue<Object> seen) implements Viewer {
    @Override
    public void saw(Snapshot snapshot) {
      seen.add(snapshot);
    }

    @Override
    public void changed(WatchState state) {
      seen.add(state);
    }
  }
}
