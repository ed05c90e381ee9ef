package io.github.vcgroupfs.top;

import io.github.vcgroupfs.top.State.Mode;
import io.github.vcgroupfs.watch.GroupSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A picture of a frame: lines that fill a screen, as a state asks for them. It has no state of its
 * own: the same input makes the same lines. Immutable.
 */
final class Screen {
  /** The title, the view, the header. */
  private static final int TOP_LINES = 3;

  /** Lines that groups get before anything is said below them. */
  private static final int LEAST_ROWS = 4;

  /** Lines for the last refusal; more only if groups do not need them. */
  private static final int REFUSAL_LINES = 2;

  private static final int MOST_REFUSAL_LINES = 4;

  /** What is below the table besides: a line across, the group, what is not known, the keys. */
  private static final int OTHER_LINES = 4;

  private static final String KEYS =
      "arrows move, fold  t tree/list  v memory/tcp  < > sort  r reverse  / filter  ? help  q quit";
  private static final String FEW_KEYS =
      "t tree  v tcp  < > sort  r turn  / filter  ? help  q quit";

  private final Frame frame;
  private final State state;
  private final Detail detail;
  private final Optional<String> trouble;
  private final Signs signs;
  private final int width;
  private final int height;

  /** For a screen of a size. */
  private Screen(Input input, Signs signs, int width, int height) {
    this.frame = input.frame();
    this.state = input.state();
    this.detail = input.detail();
    this.trouble = input.trouble();
    this.signs = signs;
    this.width = width;
    this.height = height;
  }

  /**
   * What a picture shows.
   *
   * @param trouble why nothing newer can be seen, one sentence; empty: all is well
   * @param time when the frame was seen, as people read it
   */
  record Input(Frame frame, State state, Detail detail, Optional<String> trouble, String time) {}

  /**
   * A picture and what it has to be asked for.
   *
   * @param lines as many as the screen is high
   * @param state the state, with a place that fits the table
   * @param rows the whole table
   * @param page rows that the screen has for groups
   */
  record Picture(List<Line> lines, State state, List<Row> rows, int page) {}

  /** The picture for a screen of so many cells. */
  static Picture draw(Input input, Signs signs, int width, int height) {
    return new Screen(input, signs, Math.max(1, width), Math.max(1, height)).draw(input.time());
  }

  private Picture draw(String time) {
    List<Row> rows = Table.rows(frame, state, signs);
    List<Line> bottom = bottom(rows);
    int page = Math.max(0, height - TOP_LINES - bottom.size());
    State settled = state.with(state.place().settled(rows, page));
    List<Line> lines = new ArrayList<>();
    lines.add(title(time));
    lines.add(view(rows));
    if (state.mode() == Mode.HELP) {
      lines.addAll(HelpLines.of(frame.source(), width));
    } else {
      TableLines table = new TableLines(frame, settled.view(), rows, signs, width);
      lines.add(table.header(width));
      table.rows(rows, settled.place(), page).forEach(each -> lines.add(each.fit(width)));
    }
    return new Picture(filled(lines, bottom), settled, rows, page);
  }

  /** What is at the bottom stays there; what is too much between is left out. */
  private List<Line> filled(List<Line> lines, List<Line> bottom) {
    int room = Math.max(0, height - bottom.size());
    List<Line> all = new ArrayList<>(lines.subList(0, Math.min(lines.size(), room)));
    while (all.size() < room) {
      all.add(Line.EMPTY);
    }
    all.addAll(bottom.subList(Math.max(0, bottom.size() - height), bottom.size()));
    return all;
  }

  // --- above the table -------------------------------------------------------------------------

  private Line title(String time) {
    String left = "vcgroupfs top  " + CellText.printable(frame.source().directory());
    int groups = frame.now().groups().size();
    String right =
        "%s  %d group%s  %s"
            .formatted(
                CellText.printable(frame.source().kind()), groups, groups == 1 ? "" : "s", time);
    int room = width - CellText.width(right) - 2;
    if (room < left.length() / 2) {
      return builder().add(Theme.Part.TITLE, cutText(left, width)).line().fit(width);
    }
    return builder()
        .add(Theme.Part.TITLE, CellText.left(left, room, signs.ellipsis()))
        .anchor(room)
        .add(Theme.Part.PLAIN, "  " + right)
        .line()
        .fit(width);
  }

  private Line view(List<Row> rows) {
    if (trouble.isPresent()) {
      return text(Theme.Part.BAD, "old numbers: " + CellText.printable(trouble.get()));
    }
    View view = state.view();
    Line.Builder line = builder();
    line.add(Theme.Part.DIM, "view ").add(Theme.Part.KEY, view.page().title());
    line.add(Theme.Part.DIM, "  as ").add(Theme.Part.KEY, view.tree() ? "tree" : "list");
    line.add(Theme.Part.DIM, "  by ").add(Theme.Part.KEY, view.sort().word());
    if (view.reversed()) {
      line.add(Theme.Part.DIM, ", reversed");
    }
    if (state.paused()) {
      line.add(Theme.Part.WARM, "  PAUSED");
    }
    if (!view.filter().isEmpty()) {
      line.add(Theme.Part.DIM, "  filter ");
      line.add(Theme.Part.KEY, CellText.printable(view.filter()));
      if (rows.isEmpty()) {
        line.add(Theme.Part.WARM, "  no group has that in its path (Esc: all groups)");
      }
    }
    return line.line().fit(width);
  }

  // --- below the table -------------------------------------------------------------------------

  private List<Line> bottom(List<Row> rows) {
    List<Line> lines = new ArrayList<>();
    int room = height - TOP_LINES - LEAST_ROWS;
    if (state.mode() != Mode.HELP && !rows.isEmpty() && room >= 3) {
      Row selected = rows.get(state.place().indexOf(rows));
      lines.add(text(Theme.Part.DIM, signs.line().repeat(width)));
      lines.add(text(Theme.Part.KEY, summary(selected.group())));
      int free = height - TOP_LINES - OTHER_LINES - rows.size();
      int most = Math.max(REFUSAL_LINES, Math.min(MOST_REFUSAL_LINES, free));
      lines.addAll(sentence(selected.path(), Math.min(most, room - 2)));
      String unknown = Unknowns.line(frame.source(), state.view().page());
      if (!unknown.isEmpty() && lines.size() < room) {
        lines.add(text(Theme.Part.DIM, unknown));
      }
    }
    if (height > TOP_LINES) {
      lines.add(prompt());
    }
    return lines;
  }

  private List<Line> sentence(String selected, int most) {
    String text = CellText.printable(trouble.orElseGet(() -> detail.text(selected)));
    boolean refused = detail.group().equals(selected) && detail.refusal().isPresent();
    Theme.Part part =
        trouble.isPresent() ? Theme.Part.BAD : refused ? Theme.Part.WARM : Theme.Part.DIM;
    List<Line> lines = new ArrayList<>();
    for (String each : Wrap.lines(text, width, most, signs.ellipsis())) {
      lines.add(text(part, each));
    }
    return lines;
  }

  private String summary(GroupSample group) {
    String memory = part("memory", group, Field.USAGE, Field.LIMIT);
    String tcp = part("tcp", group, Field.TCP, Field.TCP_LIMIT);
    String pressure = isPressed(group) ? ", under pressure" : "";
    String path = CellText.printable(group.path());
    String numbers = "  " + memory + (tcp.isEmpty() ? "" : "  " + tcp) + pressure;
    int cells = Math.max(1, width - CellText.width(numbers));
    return CellText.cutBefore(path, cells, signs.ellipsis()) + numbers;
  }

  private String part(String what, GroupSample group, Field usage, Field limit) {
    OptionalDouble used = frame.value(usage, group);
    OptionalDouble most = frame.value(limit, group);
    if (used.isEmpty() || most.isEmpty()) {
      return used.isEmpty() ? "" : what + " " + Cells.text(usage.kind(), used.getAsDouble());
    }
    String of = Double.isInfinite(most.getAsDouble()) ? ", " : " of ";
    return what
        + " "
        + Cells.text(usage.kind(), used.getAsDouble())
        + of
        + Cells.text(limit.kind(), most.getAsDouble());
  }

  private boolean isPressed(GroupSample group) {
    return frame.value(Field.PRESSURE, group).orElse(0) > 0;
  }

  private Line prompt() {
    return switch (state.mode()) {
      case BROWSE -> text(Theme.Part.DIM, width > KEYS.length() ? KEYS : FEW_KEYS);
      case HELP -> text(Theme.Part.DIM, "any key: back to the table   q quit");
      case FILTER ->
          builder()
              .add(Theme.Part.KEY, "filter: " + CellText.printable(state.view().filter()) + "_")
              .add(Theme.Part.DIM, "   Enter keeps it, Esc shows all")
              .line()
              .fit(width);
    };
  }

  private Line.Builder builder() {
    return new Line.Builder(false);
  }

  private Line text(Theme.Part part, String text) {
    return builder().add(part, cutText(text, width)).line().fit(width);
  }

  private String cutText(String text, int cells) {
    return CellText.cut(text, cells, signs.ellipsis());
  }
}
