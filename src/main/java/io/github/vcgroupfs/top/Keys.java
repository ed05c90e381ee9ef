package io.github.vcgroupfs.top;

import io.github.vcgroupfs.top.State.Mode;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What each key does: a state and a key make another state. Has no state of its own. */
final class Keys {
  /** What letters do that ask for another view. */
  private static final Map<Integer, UnaryOperator<View>> VIEWS =
      Map.ofEntries(
          Map.entry((int) 't', View::otherShape),
          Map.entry((int) 'v', View::otherPage),
          Map.entry((int) 'r', View::turned),
          Map.entry((int) '>', view -> view.sortedBeside(1)),
          Map.entry((int) '.', view -> view.sortedBeside(1)),
          Map.entry((int) '<', view -> view.sortedBeside(-1)),
          Map.entry((int) ',', view -> view.sortedBeside(-1)));

  /** Letters that stand for other keys, as in vi and less. */
  private static final Map<Integer, Key.Name> OTHER_NAMES =
      Map.of(
          (int) 'k', Key.Name.UP,
          (int) 'j', Key.Name.DOWN,
          (int) 'h', Key.Name.LEFT,
          (int) 'l', Key.Name.RIGHT,
          (int) 'g', Key.Name.HOME,
          (int) 'G', Key.Name.END,
          (int) '?', Key.Name.HELP,
          (int) 'q', Key.Name.INTERRUPT);

  private Keys() {}

  /**
   * What a key makes of a state.
   *
   * @param rows the table as the user sees it
   * @param page rows that the screen has for groups
   */
  static State pressed(State state, Key key, List<Row> rows, int page) {
    if (key.name() == Key.Name.INTERRUPT) {
      return state.end();
    }
    return switch (state.mode()) {
      case BROWSE -> browsed(state, key, rows, page);
      case FILTER -> filtered(state, key, rows, page);
      case HELP -> helped(state, key);
    };
  }

  private static State helped(State state, Key key) {
    return key.is('q') ? state.end() : state.with(Mode.BROWSE);
  }

  private static State browsed(State state, Key key, List<Row> rows, int page) {
    UnaryOperator<View> change = key.name() == Key.Name.SIGN ? VIEWS.get(key.sign()) : null;
    if (change != null) {
      return state.with(change.apply(state.view()));
    }
    Key.Name name =
        key.name() == Key.Name.SIGN
            ? OTHER_NAMES.getOrDefault(key.sign(), Key.Name.SIGN)
            : key.name();
    return switch (name) {
      case INTERRUPT -> state.end();
      case HELP -> state.with(Mode.HELP);
      case TAB -> state.with(state.view().otherPage());
      case ESCAPE -> state.with(state.view().filtered(""));
      case SIGN -> signed(state, key, rows);
      case ENTER -> folded(state, rows);
      case LEFT -> leftward(state, rows);
      case RIGHT -> rightward(state, rows);
      case UP, DOWN, PAGE_UP, PAGE_DOWN, HOME, END -> moved(state, name, rows, page);
      case BACKSPACE, REDRAW, SUSPEND, OTHER -> state;
    };
  }

  private static State signed(State state, Key key, List<Row> rows) {
    if (key.is('/')) {
      return state.with(Mode.FILTER);
    }
    if (key.is('p')) {
      return state.pausedOrNot();
    }
    return key.is(' ') ? folded(state, rows) : state;
  }

  private static State filtered(State state, Key key, List<Row> rows, int page) {
    String text = state.view().filter();
    return switch (key.name()) {
      case SIGN ->
          state.with(state.view().filtered(text + new String(Character.toChars(key.sign()))));
      case BACKSPACE ->
          text.isEmpty()
              ? state.with(Mode.BROWSE)
              : state.with(
                  state
                      .view()
                      .filtered(text.substring(0, text.offsetByCodePoints(text.length(), -1))));
      case ENTER, TAB -> state.with(Mode.BROWSE);
      case ESCAPE -> state.with(state.view().filtered("")).with(Mode.BROWSE);
      case UP, DOWN, PAGE_UP, PAGE_DOWN, HOME, END -> moved(state, key.name(), rows, page);
      case INTERRUPT -> state.end();
      case LEFT, RIGHT, HELP, REDRAW, SUSPEND, OTHER -> state;
    };
  }

  private static State moved(State state, Key.Name name, List<Row> rows, int page) {
    if (rows.isEmpty()) {
      return state;
    }
    int from = state.place().indexOf(rows);
    int last = rows.size() - 1;
    int step = Math.max(1, page - 1); // a row of the page before stays
    int to =
        switch (name) {
          case UP -> from - 1;
          case DOWN -> from + 1;
          case PAGE_UP -> from - step;
          case PAGE_DOWN -> from + step;
          case HOME -> 0;
          case END -> last;
          case SIGN,
              LEFT,
              RIGHT,
              ENTER,
              TAB,
              ESCAPE,
              BACKSPACE,
              HELP,
              REDRAW,
              INTERRUPT,
              SUSPEND,
              OTHER ->
              from;
        };
    return select(state, rows, Math.max(0, Math.min(to, last)));
  }

  private static State select(State state, List<Row> rows, int at) {
    return state.with(state.place().select(rows.get(at), at));
  }

  /** Folds the selected group, or unfolds it. */
  private static State folded(State state, List<Row> rows) {
    if (!state.view().tree() || rows.isEmpty()) {
      return state;
    }
    Row row = rows.get(state.place().indexOf(rows));
    Place place = state.place();
    return state.with(
        place.folded().contains(row.path()) ? place.unfold(row.path()) : place.fold(row.path()));
  }

  /** Folds the group; one that has nothing to fold leads to its parent. */
  private static State leftward(State state, List<Row> rows) {
    if (!state.view().tree() || rows.isEmpty()) {
      return state;
    }
    int at = state.place().indexOf(rows);
    Row row = rows.get(at);
    if (hasShownChild(rows, at)) {
      return state.with(state.place().fold(row.path()));
    }
    for (int up = at - 1; up >= 0; up--) {
      if (rows.get(up).path().equals(row.group().parent())) {
        return select(state, rows, up);
      }
    }
    return state;
  }

  /** Unfolds the group; one that is unfolded leads to its first child. */
  private static State rightward(State state, List<Row> rows) {
    if (!state.view().tree() || rows.isEmpty()) {
      return state;
    }
    int at = state.place().indexOf(rows);
    Row row = rows.get(at);
    if (row.hidden() > 0) {
      return state.with(state.place().unfold(row.path()));
    }
    return hasShownChild(rows, at) ? select(state, rows, at + 1) : state;
  }

  private static boolean hasShownChild(List<Row> rows, int at) {
    return at + 1 < rows.size() && rows.get(at + 1).group().parent().equals(rows.get(at).path());
  }
}
