package io.github.vcgroupfs.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Paints pixels, twice as many in each direction as the figure is wide and high, for screens and
 * print that are fine. It needs fonts of the machine.
 */
final class PngCanvas implements Canvas {
  private static final int FINER = 2;
  private static final float[] DASHES = {5, 3};

  private final BufferedImage image;
  private final Graphics2D graphics;

  PngCanvas(double width, double height) {
    image =
        new BufferedImage(
            (int) Math.ceil(width * FINER),
            (int) Math.ceil(height * FINER),
            BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setColor(new Color(Palette.PAPER));
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(FINER, FINER);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  @Override
  public void open(String kind, Map<String, String> data, String title) {}

  @Override
  public void close() {}

  @Override
  public void line(List<Point> points, Pen pen) {
    graphics.setColor(new Color(pen.colour()));
    graphics.setStroke(
        new BasicStroke(
            (float) pen.width(),
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            1,
            pen.dashed() ? DASHES : null,
            0));
    graphics.draw(path(points));
  }

  @Override
  public void area(List<Point> points, int colour, double opacity) {
    Color opaque = new Color(colour);
    graphics.setColor(
        new Color(
            opaque.getRed(), opaque.getGreen(), opaque.getBlue(), (int) Math.round(opacity * 255)));
    graphics.fill(path(points));
  }

  private static Path2D path(List<Point> points) {
    Path2D path = new Path2D.Double();
    boolean drawing = false;
    for (Point point : points) {
      if (point.isGap()) {
        drawing = false;
      } else if (drawing) {
        path.lineTo(point.x(), point.y());
      } else {
        path.moveTo(point.x(), point.y());
        drawing = true;
      }
    }
    return path;
  }

  @Override
  public void text(Point at, String text, Anchor anchor, Lettering type) {
    use(type);
    double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
    double before =
        switch (anchor) {
          case START -> 0;
          case MIDDLE -> width / 2;
          case END -> width;
        };
    graphics.drawString(text, (float) (at.x() - before), (float) at.y());
  }

  private void use(Lettering type) {
    graphics.setFont(
        new Font(Font.SANS_SERIF, type.bold() ? Font.BOLD : Font.PLAIN, 1)
            .deriveFont((float) type.size()));
    graphics.setColor(new Color(type.colour()));
  }

  @Override
  public void heading(Point at, String text, String note) {
    text(at, text, Anchor.START, HEADING);
    double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
    text(new Point(at.x() + width + HEADING_GAP, at.y()), note, Anchor.START, NOTE);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    graphics.dispose();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next(); // each Java has one
    ImageWriteParam smallest = writer.getDefaultWriteParam();
    smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    smallest.setCompressionQuality(0);
    try (MemoryCacheImageOutputStream bytes = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(bytes);
      writer.write(null, new IIOImage(image, null, null), smallest);
    } finally {
      writer.dispose();
    }
  }
}
