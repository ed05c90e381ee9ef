package io.github.vcgroupfs.top;

import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.watch.Hierarchy;
import io.github.vcgroupfs.watch.Snapshot;
import io.github.vcgroupfs.watch.Watcher;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The picture that lives. The caller's thread alone has the state, and paints; the others only put
 * into its queue.
 */
final class LiveTop {
  /**
   * The escape key and the beginning of an arrow key are the same; the rest of that comes at once.
   */
  private static final long ESCAPE_MS = 50;

  /** A mount that does not answer says nothing: it has to be noticed. */
  private static final long LOOK_AROUND_MS = 1_000;

  private static final int SIGTSTP = 20;

  private final Watcher watcher;
  private final Surroundings surroundings;
  private final Signs signs;
  private final Console console;
  private final Refusals refusals;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final KeyDecoder decoder = new KeyDecoder();

  private State state;
  private Detail detail = Detail.NONE;
  private String asked = "";
  private Optional<Snapshot> before = Optional.empty();
  private @Nullable Snapshot now;
  private Screen.@Nullable Picture picture;

  LiveTop(Hierarchy hierarchy, TopOptions options, Surroundings surroundings) throws IOException {
    this.watcher = new Watcher(hierarchy, options.interval());
    this.surroundings = surroundings;
    this.signs = surroundings.signs();
    this.state = State.of(options.view());
    this.console =
        new Console(surroundings.terminal(), surroundings.charset(), surroundings.theme());
    this.refusals = new Refusals(watcher::hierarchy, answer -> events.add(new Event.Told(answer)));
  }

  /** Shows it until the user has had enough. */
  void run() throws InterruptedException {
    Thread giveBack = new Thread(console::leave, "vcgroupfs-top-leave");
    Runtime.getRuntime().addShutdownHook(giveBack); // SIGTERM, SIGHUP, a defect
    Signals.register("WINCH", () -> events.add(Event.Plain.RESIZED));
    Signals.register("CONT", () -> events.add(Event.Plain.CONTINUED));
    refusals.start();
    try {
      watcher.subscribe(seen -> events.add(new Event.Seen(seen)));
      console.enter();
      startReading();
      while (!state.ended()) {
        takeEvents();
        paint();
      }
    } finally {
      console.close();
    }
  }

  private void startReading() {
    Thread thread = new Thread(this::readKeys, "vcgroupfs-top-keys");
    thread.setDaemon(true);
    thread.start();
  }

  @SuppressWarnings("StreamResourceLeak") // the descriptor is the process's
  private void readKeys() {
    try {
      Reader keys =
          new InputStreamReader(new FileInputStream(FileDescriptor.in), surroundings.charset());
      for (int c = keys.read(); c >= 0; c = keys.read()) {
        events.add(new Event.Typed((char) c));
      }
      events.add(Event.Plain.GONE);
    } catch (IOException gone) {
      events.add(Event.Plain.GONE);
    }
  }

  /** Waits for something to happen, and takes all that has happened by then. */
  private void takeEvents() throws InterruptedException {
    long patience = decoder.isPending() ? ESCAPE_MS : LOOK_AROUND_MS;
    Event event = events.poll(patience, TimeUnit.MILLISECONDS);
    if (event == null) {
      decoder.end().ifPresent(this::press);
    }
    while (event != null && !state.ended()) {
      take(event);
      event = events.poll();
    }
  }

  private void take(Event event) {
    if (event instanceof Event.Typed typed) {
      decoder.take(typed.character()).ifPresent(this::press);
    } else if (event instanceof Event.Seen seen) {
      see(seen.snapshot());
    } else if (event instanceof Event.Told told) {
      detail = told.detail();
    } else if (event == Event.Plain.GONE) {
      state = state.end();
    } else if (event == Event.Plain.CONTINUED) {
      console.enter();
      console.forget();
    } else {
      console.forget();
    }
  }

  private void see(Snapshot snapshot) {
    if (now == null || !state.paused()) {
      before = Optional.ofNullable(now);
      now = snapshot;
      asked = ""; // it may have been refused something meanwhile
    }
  }

  private void press(Key key) {
    if (key.name() == Key.Name.SUSPEND) {
      console.leave();
      Libc.kill(0, SIGTSTP); // all of the job, as if the terminal had done it
    } else if (key.name() == Key.Name.REDRAW) {
      console.forget();
    } else {
      Screen.Picture seen = picture;
      List<Row> rows = seen == null ? List.of() : seen.rows();
      state = Keys.pressed(state, key, rows, seen == null ? 0 : seen.page());
      // what two keys in a row do may depend on the rows that the first one leaves
      draw(console.size());
    }
  }

  private void paint() {
    Size size = console.size();
    Screen.Picture drawn = draw(size);
    if (drawn != null && !state.ended()) {
      console.paint(drawn.lines(), size);
      ask(drawn);
    }
  }

  private Screen.@Nullable Picture draw(Size size) {
    Snapshot shown = now;
    if (shown == null) {
      return null;
    }
    Frame frame = new Frame(Sources.of(watcher.hierarchy()), shown, before);
    String time = surroundings.time(shown.timeMs());
    Screen.Input input = new Screen.Input(frame, state, detail, watcher.state().why(), time);
    Screen.Picture drawn = Screen.draw(input, signs, size.getColumns(), size.getRows());
    state = drawn.state();
    picture = drawn;
    return drawn;
  }

  /** Asks for the last refusal of the selected group, once for each look. */
  private void ask(Screen.Picture drawn) {
    String selected = state.place().selected();
    if (!drawn.rows().isEmpty() && !selected.equals(asked)) {
      asked = selected;
      refusals.ask(selected);
    }
  }
}
