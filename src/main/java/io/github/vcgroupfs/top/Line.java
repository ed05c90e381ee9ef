package io.github.vcgroupfs.top;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line of a picture. Immutable.
 *
 * @param spans from left to right
 * @param anchor the cell, counted from 0, at which what follows a name begins; 0 if there is no
 *     name in it. Terminals do not agree on the width of every sign, so the painter says to the
 *     terminal where that cell is
 */
record Line(List<Span> spans, int anchor) {
  static final Line EMPTY = new Line(List.of(), 0);

  Line {
    spans = List.copyOf(spans);
  }

  /** A printable text that looks the same from end to end. */
  record Span(Theme.Part part, boolean selected, String text) {}

  /** The text alone. */
  String text() {
    return spans.stream().map(Span::text).collect(Collectors.joining());
  }

  int width() {
    return CellText.width(text());
  }

  /** The line in just so many cells. If it is selected, so is what is added. */
  Line fit(int cells) {
    List<Span> fitting = new ArrayList<>();
    boolean selected = !spans.isEmpty() && spans.get(spans.size() - 1).selected();
    int left = cells;
    for (Span each : spans) {
      String part = CellText.cut(each.text(), left, "");
      left -= CellText.width(part);
      fitting.add(new Span(each.part(), each.selected(), part));
      if (part.length() < each.text().length()) {
        break;
      }
    }
    fitting.add(new Span(Theme.Part.PLAIN, selected, " ".repeat(left)));
    return new Line(fitting, Math.min(anchor, cells));
  }

  /** Makes a line from left to right. Used by one thread. */
  static final class Builder {
    private final boolean selected;
    private final List<Span> spans = new ArrayList<>();
    private int anchor;

    Builder(boolean selected) {
      this.selected = selected;
    }

    /** Adds a printable text. */
    Builder add(Theme.Part part, String text) {
      spans.add(new Span(part, selected, text));
      return this;
    }

    /** What follows begins in this cell. */
    Builder anchor(int cell) {
      anchor = cell;
      return this;
    }

    Line line() {
      return new Line(spans, anchor);
    }
  }
}
