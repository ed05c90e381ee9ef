package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.simulate.Happening;
import io.github.vcgroupfs.simulate.Sample;
import io.github.vcgroupfs.simulate.SampleSink;
import io.github.vcgroupfs.simulate.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Draws the scenarios of a simulation into one file, below each other. What is kept of a scenario
 * does not grow with its time. Not thread-safe.
 */
public final class Plot implements SampleSink {
  /** Nobody looks at more; a picture of more is too large for who shows it. */
  private static final int MOST_FIGURES = 12;

  private static final double MARGIN = 10;
  private static final double REMARK = 24;

  private final Path file;
  private final PlotFormat format;
  private final List<Recording> recordings = new ArrayList<>();
  private int leftOut;

  private Plot(Path file, PlotFormat format) {
    this.file = file;
    this.format = format;
  }

  /**
   * Starts a file. A file with that name is overwritten. That is done at once, to find out whether
   * it can be written.
   *
   * @param file where to write
   * @param format what to write
   * @throws IOException if the file cannot be written
   * @throws PlotException if this machine cannot draw that
   */
  public static Plot open(Path file, PlotFormat format) throws IOException, PlotException {
    if (format == PlotFormat.PNG) {
      PngNeeds.require();
    }
    Files.writeString(file, "");
    return new Plot(file, format);
  }

  @Override
  public void begin(Scene scene) {
    if (recordings.size() == MOST_FIGURES) {
      leftOut++;
    } else {
      recordings.add(new Recording(scene));
    }
  }

  @Override
  public void end(double ms) {
    if (leftOut == 0) {
      current().end(ms);
    }
  }

  @Override
  public void happened(Happening happening) {
    if (leftOut == 0) {
      current().add(happening);
    }
  }

  @Override
  public void accept(Sample sample) {
    if (leftOut == 0) {
      current().add(sample);
    }
  }

  private Recording current() {
    return recordings.get(recordings.size() - 1);
  }

  @Override
  public void close() throws IOException {
    List<Figure> figures = new ArrayList<>();
    double height = leftOut == 0 ? MARGIN : MARGIN + REMARK;
    for (Recording recording : recordings) {
      recording.finish();
      Figure figure = new Figure(recording);
      figures.add(figure);
      height += figure.height();
    }
    Canvas canvas = canvas(figures, height);
    double y = 0;
    for (Figure figure : figures) {
      figure.paint(canvas, y);
      y += figure.height();
    }
    if (leftOut > 0) {
      canvas.text(
          new Canvas.Point(TimeAxis.LEFT, y + REMARK - 8),
          "%d more scenarios are not drawn: a plot has at most %d."
              .formatted(leftOut, MOST_FIGURES),
          Canvas.Anchor.START,
          new Canvas.Lettering(12, true, Palette.INK));
    }
    PictureFile.write(canvas, file);
  }

  private Canvas canvas(List<Figure> figures, double height) {
    if (format == PlotFormat.PNG) {
      return new PngCanvas(Figure.WIDTH, height);
    }
    String title = figures.stream().map(Figure::title).collect(Collectors.joining("; "));
    String description = figures.stream().map(Figure::description).collect(Collectors.joining(" "));
    return new SvgCanvas(Figure.WIDTH, height, title, description);
  }
}
