package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.plot.Canvas.Anchor;
import io.github.vcgroupfs.plot.Canvas.Lettering;
import io.github.vcgroupfs.plot.Canvas.Pen;
import io.github.vcgroupfs.plot.Canvas.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One scenario as a picture: panels on one time axis, with what they have in common. Immutable. */
final class Figure {
  /** The width of all figures, pixels. */
  static final double WIDTH = 800;

  private static final double TITLE = 50;
  private static final double AXIS = 28;
  private static final double GAP = 6;
  private static final double REMARK = 20;

  private final Recording recording;
  private final List<Shown> shown;
  private final TimeAxis axis;
  private final MomentBand moments;
  private final PressureRows pressure;
  private final List<Panel> panels;
  private final String remark;

  Figure(Recording recording) {
    this.recording = recording;
    this.shown = Shown.of(recording);
    this.axis = new TimeAxis(recording.grid().endMs());
    this.moments = new MomentBand(Moment.of(recording, shown), axis);
    this.pressure = new PressureRows(recording, shown, axis);
    Panels maker = new Panels(recording, shown, axis);
    this.panels = maker.all();
    this.remark = remark(maker.happens(Curves::dropped), maker.happens(Curves::refused));
  }

  private static String remark(boolean dropped, boolean refused) {
    if (dropped) {
      return refused ? "" : "No send was refused.";
    }
    return refused ? "No segment was dropped." : "No segment was dropped, no send was refused.";
  }

  double height() {
    double all = TITLE + moments.height() + pressure.height() + AXIS;
    for (Panel panel : panels) {
      all += panel.fullHeight() + GAP;
    }
    return all + (remark.isEmpty() ? 0 : REMARK);
  }

  /** What is seen, in sentences. */
  String description() {
    return Description.of(recording, shown);
  }

  String title() {
    String name = recording.scene().name();
    return name.isEmpty() ? recording.scene().kind() : name;
  }

  /** Paints it below that height. */
  void paint(Canvas canvas, double above) {
    canvas.open("figure", Map.of("scenario", recording.scene().name()), "");
    title(canvas, above);
    double bands = above + TITLE;
    double rows = bands + moments.height();
    double first = rows + pressure.height();
    List<MomentBand.Opening> openings = new ArrayList<>();
    double bottom = first - GAP;
    for (Panel panel : panels) {
      double top = bottom + GAP;
      bottom = top + panel.fullHeight();
      openings.add(new MomentBand.Opening(top, bottom, panel.headerEnd()));
    }
    pressure.paintShade(canvas, rows, bottom);
    moments.paintLines(canvas, bands, openings);
    moments.paintTexts(canvas, bands);
    pressure.paintRows(canvas, rows);
    for (int i = 0; i < panels.size(); i++) {
      panels.get(i).paint(canvas, openings.get(i).top());
    }
    time(canvas, bottom);
    if (!remark.isEmpty()) {
      canvas.text(new Point(TimeAxis.LEFT, bottom + AXIS + 10), remark, Anchor.START, Canvas.NOTE);
    }
    canvas.close();
  }

  private void title(Canvas canvas, double above) {
    canvas.text(
        new Point(TimeAxis.LEFT, above + 24),
        TextWidth.cut(title(), 16, WIDTH - TimeAxis.LEFT - 20),
        Anchor.START,
        new Lettering(16, true, Palette.INK));
    String about =
        "simulated kernel %s, %s of virtual time"
            .formatted(recording.scene().profile(), Unit.time(axis.endMs()));
    canvas.text(new Point(TimeAxis.LEFT, above + 41), about, Anchor.START, Canvas.NOTE);
  }

  private void time(Canvas canvas, double bottom) {
    Pen pen = new Pen(Palette.MOMENT, 1, false);
    canvas.open("time", Map.of("unit", axis.unit(), "end", Unit.digits(axis.endMs())), "");
    canvas.line(List.of(new Point(TimeAxis.LEFT, bottom), new Point(TimeAxis.RIGHT, bottom)), pen);
    List<Double> ticks = axis.ticks();
    for (int i = 0; i < ticks.size(); i++) {
      double tick = ticks.get(i);
      double x = axis.x(tick);
      canvas.line(List.of(new Point(x, bottom), new Point(x, bottom + 4)), pen);
      String text = i == ticks.size() - 1 ? axis.text(tick) + " " + axis.unit() : axis.text(tick);
      canvas.text(new Point(x, bottom + 16), text, Anchor.MIDDLE, Canvas.NOTE);
    }
    canvas.close();
  }
}
