package io.github.vcgroupfs.top;

import java.util.ArrayList;
import java.util.List;

/** The table as lines: a header, and a line for each group. Immutable. */
final class TableLines {
  /** What a bar may get of the room that is left. */
  private static final int MOST_EXTRA = 20;

  private final Frame frame;
  private final View view;
  private final Signs signs;
  private final List<Field> fields;
  private final int nameCells;
  private final int barCells;

  /**
   * For a screen that is so wide.
   *
   * @param rows all that there are, for the width of names
   */
  TableLines(Frame frame, View view, List<Row> rows, Signs signs, int width) {
    this.frame = frame;
    this.view = view;
    this.signs = signs;
    this.fields = view.page().fields(width);
    int needed = Page.width(fields);
    int longest = rows.stream().mapToInt(each -> CellText.width(label(each))).max().orElse(0);
    int header = Field.NAME.header().length();
    this.nameCells = Math.max(1, Math.min(Math.max(longest, header), width - needed));
    int extra = Math.max(0, Math.min(MOST_EXTRA, width - needed - nameCells));
    this.barCells = Field.USED.width() + extra;
  }

  /** How wide a table would have to be, so that nothing is cut. */
  static int naturalWidth(View view, List<Row> rows) {
    int longest = rows.stream().mapToInt(each -> CellText.width(label(each))).max().orElse(0);
    return Math.max(longest, Field.NAME.header().length()) + Page.width(view.page().fields());
  }

  /** The header, in just so many cells. */
  Line header(int width) {
    Line.Builder line = new Line.Builder(false);
    line.add(headerPart(Field.NAME), CellText.left(Field.NAME.header(), nameCells, ""));
    for (Field each : fields) {
      line.add(Theme.Part.HEADER, " ");
      boolean bar = each.kind() == Kind.SHARE;
      line.add(
          headerPart(each),
          bar
              ? CellText.left(each.header(), barCells, "")
              : CellText.right(each.header(), each.width(), ""));
    }
    int rest = width - line.line().width();
    return line.add(Theme.Part.HEADER, " ".repeat(Math.max(0, rest))).line().fit(width);
  }

  private Theme.Part headerPart(Field field) {
    return field == view.sort() ? Theme.Part.SORTED : Theme.Part.HEADER;
  }

  Line row(Row row, boolean selected) {
    Line.Builder line = new Line.Builder(selected);
    addName(line, row);
    line.anchor(nameCells);
    for (Field each : fields) {
      line.add(Theme.Part.PLAIN, " ");
      int cells = each.kind() == Kind.SHARE ? barCells : each.width();
      Cells.add(line, each, row.group(), frame, new Cells.Pen(signs, cells));
    }
    return line.line();
  }

  private void addName(Line.Builder line, Row row) {
    Theme.Part part = row.context() ? Theme.Part.DIM : Theme.Part.PLAIN;
    String label = label(row);
    if (view.tree()) {
      line.add(part, CellText.left(label, nameCells, signs.ellipsis()));
    } else {
      String cut = CellText.cutBefore(label, nameCells, signs.ellipsis());
      line.add(part, CellText.left(cut, nameCells, signs.ellipsis()));
    }
  }

  private static String label(Row row) {
    String more = row.hidden() > 0 ? " +" + row.hidden() : "";
    return row.lead() + row.name() + more;
  }

  /** Lines of the rows from one on, as many as there is room for. */
  List<Line> rows(List<Row> rows, Place place, int height) {
    List<Line> lines = new ArrayList<>();
    int end = Math.min(rows.size(), place.first() + height);
    for (int i = place.first(); i < end; i++) {
      lines.add(row(rows.get(i), i == place.index()));
    }
    return lines;
  }
}
