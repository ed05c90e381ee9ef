package io.github.vcgroupfs.top;

import java.util.ArrayList;
import java.util.List;

/** A picture that stays as it is: every group, and nothing that keys could change. Immutable. */
final class PlainPicture {
  private final Frame frame;
  private final State state;
  private final Surroundings surroundings;

  PlainPicture(Frame frame, State state, Surroundings surroundings) {
    this.frame = frame;
    this.state = state;
    this.surroundings = surroundings;
  }

  /**
   * From top to bottom.
   *
   * @param width cells of the terminal; 0: there is none, and nothing is cut
   */
  List<Line> lines(int width) {
    Signs signs = surroundings.signs();
    View view = state.view();
    List<Row> rows = Table.rows(frame, state, signs);
    int cells = width > 0 ? width : TableLines.naturalWidth(view, rows);
    TableLines table = new TableLines(frame, view, rows, signs, cells);
    List<Line> lines = new ArrayList<>();
    lines.add(fit(text(Theme.Part.TITLE, title()), width));
    lines.add(table.header(cells));
    rows.forEach(each -> lines.add(fit(table.row(each, false), width)));
    for (String each : Unknowns.reasons(frame.source(), view.page())) {
      lines.add(fit(text(Theme.Part.DIM, "not known here (?): " + each), 0));
    }
    return lines;
  }

  private String title() {
    int groups = frame.now().groups().size();
    return "%s  %s  %d group%s  %s"
        .formatted(
            CellText.printable(frame.source().directory()),
            CellText.printable(frame.source().kind()),
            groups,
            groups == 1 ? "" : "s",
            surroundings.time(frame.now().timeMs()));
  }

  private static Line text(Theme.Part part, String text) {
    return new Line.Builder(false).add(part, CellText.printable(text)).line();
  }

  private static Line fit(Line line, int width) {
    return width > 0 ? line.fit(width) : line;
  }
}
