package io.github.vcgroupfs.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.watch.Seen;
import io.github.vcgroupfs.watch.Snapshot;
import org.junit.jupiter.api.Test;

/** What a user sees after a few keys, without a terminal. */
class KeysTest {
  private static final int HEIGHT = 24;

  private Frame frame = Pictures.frame();
  private State state = State.of(Pictures.TREE);

  /** Presses keys, one character or name each, and draws behind each as the program does. */
  private void press(Object... keys) {
    for (Object each : keys) {
      Key key = each instanceof Key.Name name ? Key.of(name) : Key.sign(((Character) each));
      Screen.Picture seen = Pictures.draw(frame, state, 80, HEIGHT);
      state = Keys.pressed(seen.state(), key, seen.rows(), seen.page());
    }
    state = Pictures.draw(frame, state, 80, HEIGHT).state();
  }

  private String selected() {
    return state.place().selected();
  }

  @Test
  void arrowsSelectAndStopAtTheEnds() {
    press(Key.Name.UP);
    assertThat(selected()).isEqualTo("/");
    press(Key.Name.DOWN, 'j');
    assertThat(selected()).isEqualTo("/db/b");
    press('k');
    assertThat(selected()).isEqualTo("/db");
    press(Key.Name.END, Key.Name.DOWN);
    assertThat(selected()).isEqualTo("/web");
    press('g');
    assertThat(selected()).isEqualTo("/");
  }

  @Test
  void leftFoldsAndThenGoesUpRightUnfoldsAndThenGoesDown() {
    press(Key.Name.DOWN, Key.Name.DOWN, Key.Name.LEFT);
    assertThat(selected()).isEqualTo("/db"); // a leaf has nothing to fold
    press(Key.Name.LEFT);
    assertThat(state.place().folded()).containsExactly("/db");
    press(Key.Name.LEFT);
    assertThat(selected()).isEqualTo("/");
    press(Key.Name.DOWN, Key.Name.RIGHT);
    assertThat(state.place().folded()).isEmpty();
    press(Key.Name.RIGHT);
    assertThat(selected()).isEqualTo("/db/b");
  }

  @Test
  void spaceFoldsAndUnfolds() {
    press(' ');
    assertThat(Pictures.rows(frame, state)).hasSize(1);
    press(Key.Name.ENTER);
    assertThat(Pictures.rows(frame, state)).hasSize(5);
  }

  @Test
  void lettersChangeTheView() {
    press('t', 'v', 'r');
    assertThat(state.view()).isEqualTo(new View(Page.TCP_SOCKETS, false, Field.TCP, true, ""));
    press('>');
    assertThat(state.view().sort()).isEqualTo(Field.TCP_LIMIT);
    assertThat(state.view().reversed()).as("another column begins with the largest").isFalse();
    press('<', '<');
    assertThat(state.view().sort()).isEqualTo(Field.NAME);
    press('<');
    assertThat(state.view().sort()).isEqualTo(Field.RECEIVED);
    press(Key.Name.TAB);
    assertThat(state.view().sort()).as("memory has no such column").isEqualTo(Field.USAGE);
  }

  @Test
  void aFilterGrowsWithEachLetterAndLettersAreNoCommandsThere() {
    press('/', 'd', 'B', 'q');
    assertThat(state.ended()).isFalse();
    assertThat(Pictures.rows(frame, state)).isEmpty();
    press(Key.Name.BACKSPACE);
    assertThat(state.view().filter()).isEqualTo("dB");
    assertThat(Pictures.rows(frame, state)).hasSize(4);
    press(Key.Name.ENTER, 'j');
    assertThat(selected()).isEqualTo("/db");
    press(Key.Name.ESCAPE);
    assertThat(state.view().filter()).isEmpty();
    press('/', 'x', Key.Name.ESCAPE);
    assertThat(state.mode()).isEqualTo(State.Mode.BROWSE);
    assertThat(state.view().filter()).isEmpty();
  }

  @Test
  void qAndCtrlCEndInEveryMode() {
    press('q');
    assertThat(state.ended()).isTrue();
    state = State.of(Pictures.TREE);
    press('?', 'q');
    assertThat(state.ended()).isTrue();
    state = State.of(Pictures.TREE);
    press('/', 'q');
    assertThat(state.ended()).isFalse();
    press(Key.Name.INTERRUPT);
    assertThat(state.ended()).isTrue();
  }

  @Test
  void anyKeyLeavesTheHelp() {
    press('?');
    assertThat(state.mode()).isEqualTo(State.Mode.HELP);
    press('x');
    assertThat(state.mode()).isEqualTo(State.Mode.BROWSE);
  }

  @Test
  void theSelectedGroupStaysSelectedWhenTheOrderChanges() {
    press(Key.Name.END);
    press('r');
    assertThat(selected()).isEqualTo("/web");
    assertThat(state.place().index()).isEqualTo(1);
  }

  @Test
  void aNeighbourIsSelectedWhenTheGroupIsGone() {
    press(Key.Name.DOWN, Key.Name.DOWN); // /db/b
    frame =
        Pictures.frame(
            Seen.at(0)
                .group("/", Column.USAGE, 9)
                .group("/db", Column.USAGE, 5)
                .group("/db/a", Column.USAGE, 4)
                .snapshot());
    press();
    assertThat(selected()).isEqualTo("/db/a");
  }

  @Test
  void theSelectedRowIsAlwaysOnTheScreen() {
    Seen many = Seen.at(0).group("/", Column.USAGE, 1);
    for (int i = 100; i < 200; i++) {
      many.group("/g" + i, Column.USAGE, 1);
    }
    Snapshot snapshot = many.snapshot();
    frame = Pictures.frame(snapshot);
    press(Key.Name.PAGE_DOWN, Key.Name.PAGE_DOWN, Key.Name.DOWN);
    assertThat(Pictures.text(Pictures.draw(frame, state, 80, HEIGHT)))
        .contains(selected().substring(1));
    press(Key.Name.END);
    assertThat(Pictures.text(Pictures.draw(frame, state, 80, HEIGHT))).contains("g199");
    assertThat(Pictures.text(Pictures.draw(frame, state, 80, 10))).contains("g199");
    press(Key.Name.HOME);
    assertThat(state.place().first()).isZero();
  }
}
