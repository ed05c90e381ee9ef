package io.github.vcgroupfs.plot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes what is painted as SVG. It needs no fonts: whoever shows the file has them. */
final class SvgCanvas implements Canvas {
  /** What means something in XML, and how it is written instead. */
  private static final Map<Integer, String> ENTITIES =
      Map.of((int) '&', "&amp;", (int) '<', "&lt;", (int) '>', "&gt;", (int) '"', "&quot;");

  private static final String FONTS =
      "Helvetica Neue,Helvetica,Arial,Liberation Sans,DejaVu Sans,sans-serif";

  private final StringBuilder out = new StringBuilder();

  SvgCanvas(double width, double height, String title, String description) {
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(number(width));
    out.append("\" height=\"").append(number(height)).append("\" viewBox=\"0 0 ");
    out.append(number(width)).append(' ').append(number(height));
    out.append("\" role=\"img\" aria-labelledby=\"title description\" font-family=\"");
    out.append(FONTS).append("\">\n<title id=\"title\">").append(escaped(title));
    out.append("</title>\n<desc id=\"description\">").append(escaped(description));
    out.append("</desc>\n<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"");
    out.append(colour(Palette.PAPER)).append("\"/>\n");
  }

  @Override
  public void open(String kind, Map<String, String> data, String title) {
    out.append("<g class=\"").append(escaped(kind)).append('"');
    // Sorted: the same recording gives the same file.
    new TreeMap<>(data)
        .forEach(
            (key, value) -> out.append(" data-" + key + "=\"").append(escaped(value)).append('"'));
    out.append('>');
    if (!title.isEmpty()) {
      out.append("<title>").append(escaped(title)).append("</title>");
    }
    out.append('\n');
  }

  @Override
  public void close() {
    out.append("</g>\n");
  }

  @Override
  public void line(List<Point> points, Pen pen) {
    String path = path(points);
    if (path.isEmpty()) {
      return;
    }
    out.append("<path d=\"").append(path).append("\" fill=\"none\" stroke=\"");
    out.append(colour(pen.colour())).append("\" stroke-width=\"").append(number(pen.width()));
    out.append("\" stroke-linejoin=\"round\"");
    if (pen.dashed()) {
      out.append(" stroke-dasharray=\"5 3\"");
    }
    out.append("/>\n");
  }

  @Override
  public void area(List<Point> points, int colour, double opacity) {
    String path = path(points);
    if (path.isEmpty()) {
      return;
    }
    out.append("<path d=\"").append(path).append("z\" fill=\"").append(colour(colour));
    if (opacity < 1) {
      out.append("\" fill-opacity=\"").append(Unit.digits(opacity));
    }
    out.append("\"/>\n");
  }

  @Override
  public void text(Point at, String text, Anchor anchor, Lettering type) {
    out.append("<text x=\"").append(number(at.x())).append("\" y=\"").append(number(at.y()));
    out.append("\" font-size=\"").append(number(type.size())).append("\" fill=\"");
    out.append(colour(type.colour()));
    if (type.bold()) {
      out.append("\" font-weight=\"bold");
    }
    if (anchor != Anchor.START) {
      out.append("\" text-anchor=\"").append(anchor.name().toLowerCase(Locale.ROOT));
    }
    out.append("\">").append(escaped(text)).append("</text>\n");
  }

  @Override
  public void heading(Point at, String text, String note) {
    out.append("<text x=\"").append(number(at.x())).append("\" y=\"").append(number(at.y()));
    out.append("\" font-size=\"").append(number(HEADING.size())).append("\" fill=\"");
    out.append(colour(HEADING.colour())).append("\" font-weight=\"bold\">");
    out.append(escaped(text));
    if (!note.isEmpty()) { // its place follows from the fonts of whoever shows it
      out.append("<tspan dx=\"").append(number(HEADING_GAP)).append("\" font-size=\"");
      out.append(number(NOTE.size())).append("\" font-weight=\"normal\" fill=\"");
      out.append(colour(NOTE.colour())).append("\">").append(escaped(note)).append("</tspan>");
    }
    out.append("</text>\n");
  }

  @Override
  public void writeTo(OutputStream file) throws IOException {
    file.write((out + "</svg>\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Steps from point to point, in tenths of a pixel; what lies on a straight line is left out. */
  private static String path(List<Point> points) {
    StringBuilder path = new StringBuilder();
    long x = 0;
    long y = 0;
    boolean drawing = false;
    for (Point point : points) {
      if (point.isGap()) {
        drawing = false;
        continue;
      }
      long toX = Math.round(point.x() * 10);
      long toY = Math.round(point.y() * 10);
      if (!drawing) {
        path.append('M').append(tenths(toX)).append(' ').append(tenths(toY));
      } else if (toX != x && toY != y) {
        path.append('l').append(tenths(toX - x)).append(toY < y ? "" : " ").append(tenths(toY - y));
      } else if (toX != x) {
        path.append('h').append(tenths(toX - x));
      } else if (toY != y) {
        path.append('v').append(tenths(toY - y));
      }
      drawing = true;
      x = toX;
      y = toY;
    }
    return path.toString();
  }

  private static String tenths(long tenths) {
    return number(tenths / 10.0);
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String colour(int colour) {
    return String.format(Locale.ROOT, "#%06x", colour);
  }

  /** As text and as the value of an attribute; what XML cannot hold is a question mark. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            each -> {
              String entity = ENTITIES.get(each);
              if (entity != null) {
                escaped.append(entity);
              } else {
                escaped.appendCodePoint(isOfXml(each) ? each : '?');
              }
            });
    return escaped.toString();
  }

  private static boolean isOfXml(int each) {
    return each >= ' '
        && !(each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE)
        && (each & 0xFFFE) != 0xFFFE;
  }
}
