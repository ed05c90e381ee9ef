package io.github.vcgroupfs.simulate;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws usage, limit, window and pressure over time into one SVG file, with one chart for each
 * group and scenario. Not thread-safe.
 */
public final class SvgPlot implements SampleSink {
  private static final int WIDTH = 900;
  private static final int PANEL_HEIGHT = 320;

  /** Points of a curve: at most twice as many are kept. */
  private static final int POINTS = 400;

  private static final double KIB = 1024.0;
  private static final Color PRESSURE = new Color(214, 39, 40, 60);

  private final Path file;
  private final Map<String, List<Sample>> panels = new LinkedHashMap<>();

  private SvgPlot(Path file) {
    this.file = file;
  }

  /**
   * Starts a file. A file with that name is overwritten. That is done at once, to find out whether
   * it can be written.
   */
  public static SvgPlot open(Path file) throws IOException {
    Files.writeString(file, "");
    System.setProperty("java.awt.headless", "true");
    return new SvgPlot(file);
  }

  @Override
  public void accept(Sample sample) {
    String title = sample.scenario() + ": " + sample.group();
    List<Sample> panel = panels.computeIfAbsent(title, key -> new ArrayList<>());
    panel.add(sample);
    if (panel.size() > 2 * POINTS) { // every other one: a page shows no more
      for (int i = panel.size() - 2; i > 0; i -= 2) {
        panel.remove(i);
      }
    }
  }

  @Override
  public void close() throws IOException {
    VectorGraphics2D graphics = new VectorGraphics2D();
    int panel = 0;
    for (Map.Entry<String, List<Sample>> each : panels.entrySet()) {
      graphics.translate(0, panel == 0 ? 0 : PANEL_HEIGHT);
      chart(each.getKey(), each.getValue()).paint(graphics, WIDTH, PANEL_HEIGHT);
      panel++;
    }
    PageSize size = new PageSize(0, 0, WIDTH, Math.max(1, panel) * PANEL_HEIGHT);
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    Processors.get("svg").getDocument(graphics.getCommands(), size).writeTo(picture);
    try {
      Files.write(file, picture.toByteArray());
    } catch (IOException failed) {
      throw FileErrors.of(file, failed);
    }
  }

  private static XYChart chart(String title, List<Sample> samples) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(PANEL_HEIGHT)
            .title(title)
            .xAxisTitle("seconds")
            .yAxisTitle("KiB")
            .build();
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
    chart.getStyler().setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    double[] seconds = samples.stream().mapToDouble(sample -> sample.ms() / 1000).toArray();
    double[] usage = samples.stream().mapToDouble(sample -> sample.usage() / KIB).toArray();
    double[] window = samples.stream().mapToDouble(sample -> sample.window() / KIB).toArray();
    double top = 0;
    for (Sample sample : samples) {
      top = Math.max(top, Math.max(sample.usage(), sample.limit()) / KIB);
    }
    double height = top;
    double[] pressure =
        samples.stream().mapToDouble(sample -> sample.pressure() ? height : 0).toArray();
    XYSeries shade = chart.addSeries("pressure", seconds, pressure);
    shade.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.StepArea);
    shade.setFillColor(PRESSURE);
    shade.setLineColor(PRESSURE);
    shade.setMarker(SeriesMarkers.NONE);
    line(chart, "usage", seconds, usage);
    line(chart, "window", seconds, window);
    if (samples.stream().anyMatch(sample -> sample.limit() >= 0)) {
      double[] limit =
          samples.stream()
              .mapToDouble(sample -> sample.limit() < 0 ? Double.NaN : sample.limit() / KIB)
              .toArray();
      line(chart, "limit", seconds, limit);
    }
    return chart;
  }

  private static void line(XYChart chart, String name, double[] seconds, double[] values) {
    XYSeries series = chart.addSeries(name, seconds, values);
    series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Step);
    series.setMarker(SeriesMarkers.NONE);
  }
}
