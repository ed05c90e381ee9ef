package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.plot.Canvas.Pen;
import io.github.vcgroupfs.plot.Series.Label;
import io.github.vcgroupfs.plot.Series.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Makes the panels of a recording. Immutable. */
final class Panels {
  private static final double MEMORY_HEIGHT = 150;
  private static final double WINDOW_HEIGHT = 76;
  private static final double RATE_HEIGHT = 64;
  private static final double COUNT_HEIGHT = 40;
  private static final double CURVE = 1.6;
  private static final double LIMIT = 1.3;

  private final Recording recording;
  private final TimeGrid grid;
  private final List<Shown> shown;
  private final TimeAxis axis;

  Panels(Recording recording, List<Shown> shown, TimeAxis axis) {
    this.recording = recording;
    this.grid = recording.grid();
    this.shown = shown;
    this.axis = axis;
  }

  /** From top to bottom. Of what never happened there is no panel. */
  List<Panel> all() {
    List<Panel> panels = new ArrayList<>();
    panels.add(memory());
    panels.add(windows());
    panels.addAll(throughput());
    if (happens(Curves::dropped)) {
      panels.add(counts("dropped", "Segments dropped", Curves::dropped));
    }
    if (happens(Curves::refused)) {
      panels.add(counts("refused", "Sends refused", Curves::refused));
    }
    return panels;
  }

  /** Whether any was counted. */
  boolean happens(Function<Curves, Tally> count) {
    return shown.stream().anyMatch(each -> count.apply(each.curves()).last() > 0);
  }

  /** Those that have connections; all, if nobody has. */
  private List<Shown> talking() {
    List<Shown> talking = new ArrayList<>(shown);
    talking.removeIf(
        each -> each.curves().sent().last() == 0 && each.curves().window().highest() == 0);
    return talking.isEmpty() ? shown : talking;
  }

  private Panel memory() {
    Axis values = new Axis(Unit.BYTES);
    List<Series> series = new ArrayList<>();
    for (Shown each : shown) {
      series.add(track(each, "usage", each.curves().usage(), values));
    }
    if (recording.isAboutTheMachine()) {
      MachineTracks machine = recording.machine();
      Shown all = new Shown("machine", Palette.MACHINE, recording.sum(), null, false);
      series.add(track(all, "machine", machine.memory(), values));
      if (recording.isNearTheThresholds()) {
        series.add(steps(all, "threshold", machine.pressureAt(), "tcp_mem pressure", values));
        series.add(steps(all, "threshold", machine.most(), "tcp_mem high", values));
      }
    }
    TreeMap<Long, List<Shown>> limits = new TreeMap<>();
    for (Shown each : shown) {
      if (each.group() != null && each.group().limit().isKnown()) {
        limits.computeIfAbsent(each.group().limit().last(), key -> new ArrayList<>()).add(each);
      }
    }
    limits.values().forEach(same -> series.addAll(limits(same, values)));
    Scale scale = values.scale(MEMORY_HEIGHT);
    String note = limits.isEmpty() ? "no limit" : "limits are dashed";
    return new Panel(
        "memory",
        "Memory of TCP buffers",
        scale.isLogarithmic() ? note + ", logarithmic scale" : note,
        scale,
        series);
  }

  /** The limits of groups; if they end at the same height they have one label. */
  private List<Series> limits(List<Shown> same, Axis values) {
    List<Series> series = new ArrayList<>();
    for (Shown each : same) {
      if (each.group() != null) {
        series.add(steps(each, "limit", each.group().limit(), "limit", values));
      }
    }
    if (same.size() > 1) {
      Series last = series.get(series.size() - 1);
      String names =
          same.size() == shown.size() ? "limit of each " : "limit of " + same.size() + " groups ";
      String text = names + Unit.BYTES.text(last.label().value());
      for (int i = 0; i < same.size(); i++) {
        boolean labelled = i == same.size() - 1;
        double value = labelled ? last.label().value() : Double.NaN;
        series.set(i, series.get(i).labelled(new Label(value, text)));
      }
    }
    return series;
  }

  private Panel windows() {
    Axis values = new Axis(Unit.BYTES);
    List<Series> series = new ArrayList<>();
    for (Shown each : talking()) {
      series.add(track(each, "window", each.curves().window(), values));
    }
    return panel("window", "Advertised windows", values.scale(WINDOW_HEIGHT), series);
  }

  private List<Panel> throughput() {
    Axis values = new Axis(Unit.BYTES_PER_SECOND);
    List<Series> sent = rates("sent", Curves::sent, values);
    List<Series> received = rates("received", Curves::received, values);
    Scale same = values.scale(RATE_HEIGHT); // so that the two can be compared
    return List.of(
        panel("sent", "Sent", same, sent), panel("received", "Received", same, received));
  }

  private static Panel panel(String kind, String title, Scale scale, List<Series> series) {
    String note = scale.isLogarithmic() ? "logarithmic scale" : "";
    return new Panel(kind, title, note, scale, series);
  }

  private List<Series> rates(String kind, Function<Curves, Tally> count, Axis values) {
    List<Series> series = new ArrayList<>();
    for (Shown each : talking()) {
      Tally tally = count.apply(each.curves());
      Rates rates = new Rates(tally, grid);
      values.include(rates.highest(), rates.usual());
      series.add(
          new Series(
              new Subject(kind, each.path()),
              rates.stairs(axis),
              List.of(),
              new Pen(each.colour(), CURVE, false),
              new Label(rates.last(), each.with(Unit.BYTES.text(tally.last()) + " in all")),
              Map.of("unit", "bytes", "total", whole(tally.last()))));
    }
    return series;
  }

  /** As bars: those of groups stand on each other, a group's stands before that of all. */
  private Panel counts(String kind, String title, Function<Curves, Tally> count) {
    Axis values = new Axis(Unit.COUNT);
    List<Series> series = new ArrayList<>();
    double[] below = new double[0];
    for (Shown each : shown) {
      Tally tally = count.apply(each.curves());
      Rates rates = new Rates(tally, grid);
      below = series.isEmpty() || each.isPartOfAll() ? rates.ground() : below;
      double[] top = rates.on(below);
      values.include(Arrays.stream(top).max().orElse(0), 0);
      series.add(
          new Series(
              new Subject(kind, each.path()),
              List.of(),
              rates.bars(axis, below),
              new Pen(each.colour(), CURVE, false),
              new Label(
                  tally.last() > 0 ? rates.middle(below) : Double.NaN,
                  each.with(Unit.COUNT.text(tally.last()) + " in all")),
              Map.of("unit", "count", "total", whole(tally.last()))));
      below = top;
    }
    return new Panel(kind, title, "each second", values.scale(COUNT_HEIGHT), series);
  }

  private Series track(Shown of, String kind, Track track, Axis values) {
    values.include(track.highest(), usual(track));
    String value = isNotCounted(of, track) ? "0, not counted" : Unit.BYTES.text(track.last());
    return new Series(
        new Subject(kind, of.path()),
        Series.means(track, grid, axis),
        Series.reach(track, grid, axis),
        new Pen(of.colour(), CURVE, false),
        new Label(track.last(), of.name().isEmpty() ? kind + " " + value : of.with(value)),
        Map.of("unit", "bytes", "max", whole(track.highest()), "last", whole(track.last())));
  }

  /** A group without a limit: as long as nobody has one, the memory of sockets is in no group. */
  private static boolean isNotCounted(Shown of, Track track) {
    return track == of.curves().usage() && track.highest() == 0 && of.curves().sent().last() > 0;
  }

  private Series steps(Shown of, String kind, Steps steps, String name, Axis values) {
    values.include((double) steps.highest(), (double) steps.last());
    double last = steps.last() == Steps.NONE ? Double.NaN : (double) steps.last();
    String text = name + " " + Unit.BYTES.text((double) Math.max(0, steps.last()));
    return new Series(
        new Subject(kind, of.path()),
        Series.stairs(steps, axis),
        List.of(),
        new Pen(of.colour(), LIMIT, true),
        new Label(last, kind.equals("limit") ? of.with(text) : text),
        Map.of("unit", "bytes", "steps", steps.text()));
  }

  /** The middle one of what a curve is in each column, as far as it is above 0. */
  private double usual(Track track) {
    double[] means = new double[grid.used()];
    for (int column = 0; column < means.length; column++) {
      means[column] = track.isKnown(column) ? track.mean(column) : 0;
    }
    double[] sorted = Arrays.stream(means).filter(mean -> mean > 0).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  private static String whole(double value) {
    return Double.isNaN(value) ? "" : Long.toString(Math.round(value));
  }

  /** Collects what an axis has to show. */
  private static final class Axis {
    private final Unit unit;
    private final List<Double> usual = new ArrayList<>();
    private double highest;

    Axis(Unit unit) {
      this.unit = unit;
    }

    void include(double most, double often) {
      highest = Math.max(highest, most);
      usual.add(often);
    }

    Scale scale(double height) {
      return Scale.of(unit, highest, usual, height);
    }
  }
}
