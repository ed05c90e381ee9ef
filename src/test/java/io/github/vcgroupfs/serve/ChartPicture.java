package io.github.vcgroupfs.serve;

import io.github.vcgroupfs.browser.Browser;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What a chart looks like, in pixels: the part of a screenshot where its lines are drawn. */
final class ChartPicture {
  private static final int SAME_COLOUR = 60;

  private final BufferedImage picture;
  private final Map<?, ?> colours;

  private ChartPicture(BufferedImage picture, Map<?, ?> colours) {
    this.picture = picture;
    this.colours = colours;
  }

  /** Looks at a chart. */
  static ChartPicture of(Browser browser, String chart) throws IOException {
    String selector = ".chart[data-chart=" + chart + "]";
    // uPlot lays an element over the part that has the lines
    Map<?, ?> seen =
        (Map<?, ?>)
            browser.read(
                """
                const chart = document.querySelector(arguments[0]);
                chart.scrollIntoView({block: 'center'});
                const {x, y, width, height} = chart.querySelector('.u-over').getBoundingClientRect();
                const probe = chart.appendChild(document.createElement('span'));
                const colours = Object.fromEntries(Object.keys(chart.chartData.lines).map((line) => {
                  probe.style.color = `var(--tone-${line})`;
                  return [line, getComputedStyle(probe).color];
                }));
                probe.remove();
                return {box: [x, y, width, height].map(Math.round), colours};
                """,
                selector);
    List<Integer> box =
        ((List<?>) seen.get("box")).stream().map(each -> ((Number) each).intValue()).toList();
    Rectangle plot = new Rectangle(box.get(0), box.get(1), box.get(2), box.get(3));
    BufferedImage all = browser.see();
    plot = plot.intersection(new Rectangle(all.getWidth(), all.getHeight()));
    return new ChartPicture(
        all.getSubimage(plot.x, plot.y, plot.width, plot.height), (Map<?, ?>) seen.get("colours"));
  }

  int height() {
    return picture.getHeight();
  }

  /** In which rows, from the top, a line has pixels. */
  int[] rowsOf(String line) {
    Color colour = colourOf(line);
    return IntStream.range(0, picture.getHeight()).filter(y -> countIn(y, colour) > 0).toArray();
  }

  /** The row where a line has most of its pixels: the height at which it is level. */
  int levelOf(String line) {
    Color colour = colourOf(line);
    return IntStream.range(0, picture.getHeight())
        .boxed()
        .max((a, b) -> Integer.compare(countIn(a, colour), countIn(b, colour)))
        .orElseThrow();
  }

  private int countIn(int y, Color colour) {
    return (int)
        IntStream.range(0, picture.getWidth())
            .filter(x -> isLike(new Color(picture.getRGB(x, y)), colour))
            .count();
  }

  private Color colourOf(String line) {
    String[] parts = String.valueOf(colours.get(line)).replaceAll("[^0-9,.]", "").split(",", -1);
    return new Color(
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  private static boolean isLike(Color one, Color other) {
    return Math.abs(one.getRed() - other.getRed())
            + Math.abs(one.getGreen() - other.getGreen())
            + Math.abs(one.getBlue() - other.getBlue())
        < SAME_COLOUR;
  }
}
