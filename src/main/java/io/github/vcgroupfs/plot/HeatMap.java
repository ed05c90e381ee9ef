package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.plot.Canvas.Anchor;
import io.github.vcgroupfs.plot.Canvas.Lettering;
import io.github.vcgroupfs.plot.Canvas.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A number over two axes, as colours; one panel below the other for what else varies. A line goes
 * around the cells that meet the goal, and they have a mark. Immutable, once its panels are filled.
 */
public final class HeatMap {
  /** Nobody looks at more. */
  private static final int MOST_PANELS = 12;

  private static final double TITLE = 58;
  private static final double MARGIN = 14;
  private static final double REMARK = 20;

  private final Subject subject;
  private final List<HeatPanel> panels;
  private final int leftOut;
  private final Scale scale;

  /**
   * What it is about. Immutable.
   *
   * @param field what the colours show
   * @param unit of that
   * @param note what one has to know of it
   * @param goal which cells are marked, in words; empty: none
   */
  public record Subject(String field, Unit unit, String note, String goal) {}

  /** A heat map of those panels, all with the same colours. */
  public HeatMap(Subject subject, List<HeatPanel> panels) {
    this.subject = subject;
    this.panels = panels.subList(0, Math.min(MOST_PANELS, panels.size()));
    this.leftOut = panels.size() - this.panels.size();
    this.scale = scale();
  }

  private Scale scale() {
    double highest = 0;
    List<Double> all = new ArrayList<>();
    for (HeatPanel panel : panels) {
      for (int x = 0; x < panel.x().size(); x++) {
        for (int y = 0; y < panel.y().size(); y++) {
          double value = panel.value(x, y);
          if (!Double.isNaN(value)) {
            highest = Math.max(highest, value);
            all.add(value);
          }
        }
      }
    }
    Scale fitting = Scale.of(subject.unit(), highest, all, HeatLegend.HEIGHT);
    boolean linear = !fitting.isLogarithmic();
    return linear
        ? new Scale(subject.unit(), Math.max(highest, 1e-9), 0, fitting.height())
        : fitting;
  }

  /**
   * Writes it. A file with that name is overwritten.
   *
   * @throws PlotException if this machine cannot draw that
   */
  public void write(Path file, PlotFormat format) throws IOException, PlotException {
    if (format == PlotFormat.PNG) {
      PngNeeds.require();
    }
    double height = TITLE + MARGIN + (leftOut == 0 ? 0 : REMARK);
    List<HeatPainter> painters = new ArrayList<>();
    for (HeatPanel panel : panels) {
      HeatPainter painter = new HeatPainter(panel, scale);
      painters.add(painter);
      height += painter.height();
    }
    height = Math.max(height, TITLE + MARGIN + HeatLegend.HEIGHT + HeatLegend.BELOW);
    Canvas canvas =
        format == PlotFormat.PNG
            ? new PngCanvas(Figure.WIDTH, height)
            : new SvgCanvas(Figure.WIDTH, height, title(), description());
    paint(canvas, painters);
    PictureFile.write(canvas, file);
  }

  private String title() {
    return "%s over %s and %s"
        .formatted(subject.field(), panels.get(0).x().name(), panels.get(0).y().name());
  }

  private void paint(Canvas canvas, List<HeatPainter> painters) {
    canvas.open("heat-map", Map.of("field", subject.field(), "goal", subject.goal()), "");
    canvas.text(new Point(MARGIN, 24), title(), Anchor.START, new Lettering(16, true, Palette.INK));
    canvas.text(new Point(MARGIN, 41), subject.note(), Anchor.START, Canvas.NOTE);
    if (!subject.goal().isEmpty()) {
      String goal = "Inside the line, marked with a square: " + subject.goal();
      canvas.text(new Point(MARGIN, 56), goal, Anchor.START, Canvas.NOTE);
    }
    double y = TITLE;
    for (HeatPainter painter : painters) {
      painter.paint(canvas, y);
      y += painter.height();
    }
    HeatLegend.paint(canvas, scale, TITLE + HeatPainter.HEADER);
    if (leftOut > 0) {
      String remark =
          "%d more panels are not drawn: a heat map has at most %d."
              .formatted(leftOut, MOST_PANELS);
      canvas.text(
          new Point(MARGIN, y + REMARK),
          remark,
          Anchor.START,
          new Lettering(12, true, Palette.INK));
    }
    canvas.close();
  }

  /** What is seen, in sentences. */
  private String description() {
    StringBuilder text = new StringBuilder();
    text.append("Heat map of ").append(title()).append(", ").append(subject.note()).append(". ");
    for (HeatPanel panel : panels) {
      if (!panel.title().isEmpty()) {
        text.append(panel.title()).append(": ");
      }
      for (int row = 0; row < panel.y().size(); row++) {
        line(text, panel, row);
      }
    }
    return text.toString().strip();
  }

  private void line(StringBuilder text, HeatPanel panel, int row) {
    int marked = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int column = 0; column < panel.x().size(); column++) {
      double value = panel.value(column, row);
      least = Math.min(least, Double.isNaN(value) ? least : value);
      most = Math.max(most, Double.isNaN(value) ? most : value);
      marked += panel.isMet(column, row) ? 1 : 0;
    }
    if (least > most) {
      return;
    }
    text.append(panel.y().name()).append(' ').append(panel.y().text(row)).append(": ");
    text.append(subject.unit().text(least)).append(" to ").append(subject.unit().text(most));
    if (!subject.goal().isEmpty()) {
      text.append(", %s in %d of %d cells".formatted(subject.goal(), marked, panel.x().size()));
    }
    text.append(". ");
  }
}
