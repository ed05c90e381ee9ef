package io.github.vcgroupfs.plot;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** What a figure is painted on. Lengths are pixels of a screen, and y grows downwards. */
interface Canvas {
  /** The text of a heading. */
  Lettering HEADING = new Lettering(12, true, Palette.INK);

  /** What is beside a heading, and all that is said in passing. */
  Lettering NOTE = new Lettering(11, false, Palette.NOTE);

  /** From a heading to what is beside it, pixels. */
  double HEADING_GAP = 8;

  /** Where a text is, seen from the point that it belongs to. */
  enum Anchor {
    /** The text begins there. */
    START,
    /** The middle of the text is there. */
    MIDDLE,
    /** The text ends there. */
    END
  }

  /**
   * How a text looks. Immutable.
   *
   * @param size of the letters, pixels
   * @param bold whether they are bold
   * @param colour of the letters
   */
  record Lettering(double size, boolean bold, int colour) {}

  /**
   * How a line looks. Immutable.
   *
   * @param colour of the line
   * @param width pixels
   * @param dashed whether it has gaps
   */
  record Pen(int colour, double width, boolean dashed) {}

  /**
   * What belongs together begins, until {@link #close}.
   *
   * @param kind what it is, in a word or several
   * @param data facts about it, for programs
   * @param title a sentence about it, for people; empty: none
   */
  void open(String kind, Map<String, String> data, String title);

  /** The end of what {@link #open} began. */
  void close();

  /** A line through points; those that are not numbers make gaps. */
  void line(List<Point> points, Pen pen);

  /** The inside of a line that is closed. */
  void area(List<Point> points, int colour, double opacity);

  /** A text whose letters stand on that point. */
  void text(Point at, String text, Anchor anchor, Lettering type);

  /** A text in bold letters, and what one has to know of it beside, in plain ones. */
  void heading(Point at, String text, String note);

  /** Writes what was painted. */
  void writeTo(OutputStream out) throws IOException;

  /** A place. Immutable. */
  record Point(double x, double y) {
    boolean isGap() {
      return Double.isNaN(x) || Double.isNaN(y);
    }
  }
}
