package io.github.vcgroupfs.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.watch.Seen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenTest {
  private static String line(Screen.Picture picture, String part) {
    return Pictures.text(picture)
        .lines()
        .filter(each -> each.contains(part))
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest
  @CsvSource({"80, 24", "200, 50", "40, 10", "20, 5", "7, 3", "1, 1", "500, 4"})
  void everyLineFillsTheScreenAndNoneIsWider(int width, int height) {
    for (State.Mode mode : State.Mode.values()) {
      State state = State.of(Pictures.TCP).with(mode);
      List<Line> lines = Pictures.draw(Pictures.frame(), state, width, height).lines();
      assertThat(lines).hasSize(height);
      for (Line each : lines) {
        assertThat(each.width()).isIn(0, width);
      }
    }
  }

  @Test
  void usageAndLimitsAreInTheTableOfMemory() {
    Screen.Picture picture = Pictures.draw(Pictures.frame(), State.of(Pictures.TREE), 100, 24);
    assertThat(line(picture, "GROUP")).contains("USAGE", "LIMIT", "OF LIMIT", "FAILCNT");
    assertThat(line(picture, "|-db")).contains("6M", "8M", "75%", "|||||");
    assertThat(line(picture, "`-web")).contains("3M", "100%");
    assertThat(line(picture, "`-a")).contains("1M", "none").doesNotContain("%");
  }

  @Test
  void ratesAreASecondAndCountedFromTheLookBefore() {
    Screen.Picture picture = Pictures.draw(Pictures.frame(), State.of(Pictures.TCP), 120, 24);
    assertThat(line(picture, "-web")).contains("256K", "100%", "yes", " 15 ", "2M");
    Frame first = Pictures.frame(Pictures.frame().now());
    assertThat(line(Pictures.draw(first, State.of(Pictures.TCP), 120, 24), "-web"))
        .doesNotContain(" 15 ")
        .contains("-");
  }

  @Test
  void whatCannotBeKnownIsMarkedAndExplained() {
    Source source = Pictures.source(Map.of(Column.DROPPED, "no file shows it"));
    Frame frame = new Frame(source, Pictures.frame().now(), Pictures.frame().before());
    Screen.Picture picture = Pictures.draw(frame, State.of(Pictures.TCP), 120, 24);
    assertThat(line(picture, "-web")).contains("?");
    assertThat(line(picture, "not known here")).contains("drops").doesNotContain("sent");
    Screen.Picture help =
        Pictures.draw(frame, State.of(Pictures.TCP).with(State.Mode.HELP), 120, 24);
    assertThat(line(help, "no file shows it")).contains("drops: ");
    assertThat(Pictures.text(Pictures.draw(frame, State.of(Pictures.TREE), 120, 24)))
        .as("the table of memory has all that it shows")
        .doesNotContain("not known here");
  }

  @Test
  void theLastRefusalOfTheSelectedGroupIsBelow() {
    State state = State.of(Pictures.TREE);
    Detail detail =
        new Detail(
            "/",
            Optional.of("12:00:01 sh[7] write /web/x \"64K\" → EBUSY: so it is"),
            Optional.empty());
    Screen.Input input =
        new Screen.Input(Pictures.frame(), state, detail, Optional.empty(), "12:00:02");
    String text = Pictures.text(Screen.draw(input, Signs.ASCII, 80, 24));
    assertThat(text).contains("last refusal: 12:00:01 sh[7] write /web/x").contains("so it is");
    Detail other = new Detail("/db", detail.refusal(), Optional.empty());
    Screen.Input unread =
        new Screen.Input(Pictures.frame(), state, other, Optional.empty(), "12:00:02");
    assertThat(Pictures.text(Screen.draw(unread, Signs.ASCII, 80, 24)))
        .as("what was refused to another group is not told of this one")
        .doesNotContain("so it is");
  }

  @Test
  void troubleTakesTheSecondLineAndTheLastNumbersStay() {
    Screen.Input input =
        new Screen.Input(
            Pictures.frame(),
            State.of(Pictures.TREE),
            Detail.NONE,
            Optional.of("the mount at /mnt is dead"),
            "12:00:00");
    String text = Pictures.text(Screen.draw(input, Signs.ASCII, 80, 24));
    assertThat(text.lines().skip(1).findFirst()).contains("old numbers: the mount at /mnt is dead");
    assertThat(text).contains("|-db", "\nthe mount at /mnt is dead");
  }

  @Test
  void wideNamesAndEscapeSequencesMoveNoColumn() {
    Frame frame =
        Pictures.frame(
            Seen.at(0)
                .group("/", Column.USAGE, 1 << 10)
                .group("/日本語グループ", Column.USAGE, 2 << 10)
                .group("/x\033[31my", Column.USAGE, 3 << 10)
                .group("/plain", Column.USAGE, 4 << 10)
                .snapshot());
    Screen.Picture picture = Pictures.draw(frame, State.of(Pictures.TREE), 80, 24);
    for (String size : List.of(" 1K", " 2K", " 3K", " 4K")) {
      String row =
          picture.lines().subList(3, 7).stream()
              .map(Line::text)
              .filter(each -> each.contains(size))
              .findFirst()
              .orElseThrow();
      int end = CellText.width(row.substring(0, row.indexOf(size) + size.length()));
      assertThat(end).as(row).isEqualTo(picture.lines().get(3).anchor() + 7);
    }
    assertThat(Pictures.text(picture)).contains("x\\x1b[31my");
  }

  @Test
  void theSelectedRowIsOneBand() {
    State state = State.of(Pictures.TREE).with(new Place("/web", 4, 0, Set.of()));
    Screen.Picture picture = Pictures.draw(Pictures.frame(), state, 200, 24);
    Line row =
        picture.lines().stream()
            .filter(each -> each.text().startsWith("`-web"))
            .findFirst()
            .orElseThrow();
    assertThat(row.spans()).extracting(Line.Span::part).contains(Theme.Part.BAD, Theme.Part.DIM);
    for (Theme theme : new Theme[] {new Theme(true), new Theme(false)}) {
      assertThat(row.spans())
          .extracting(each -> theme.parameters(each.part(), each.selected()))
          .as("to the edge of the screen")
          .containsOnly("7");
    }
    assertThat(picture.lines().get(3).spans()).noneMatch(Line.Span::selected);
  }

  @Test
  void aTerminalIsToldWhereANameEnds() {
    Line line =
        new Line.Builder(false)
            .add(Theme.Part.PLAIN, "日本  ")
            .anchor(6)
            .add(Theme.Part.BAD, "7")
            .line();
    assertThat(Ansi.atRow(line, 2, new Theme(true)))
        .isEqualTo("\033[3;1H\033[K日本  \033[3;7H\033[31;1m7\033[m");
    assertThat(Ansi.atRow(line, 2, new Theme(false))).contains("\033[1m7").doesNotContain("31");
    assertThat(Ansi.plain(line, Theme.NONE)).isEqualTo("日本  7");
  }

  @Test
  void fieldsGoOneAfterTheOtherWhenThereIsNoRoom() {
    for (Page page : Page.values()) {
      int before = -1;
      for (int cells = 10; cells < 200; cells++) {
        List<Field> fields = page.fields(cells);
        assertThat(page.fields()).containsSubsequence(fields);
        assertThat(fields.size()).isGreaterThanOrEqualTo(before).isPositive();
        before = fields.size();
      }
      assertThat(before).isEqualTo(page.fields().size());
    }
  }

  @Test
  void aSortWordOfTheOtherTableAsksForIt() {
    assertThat(options(false, "drops").view().page()).isEqualTo(Page.TCP_SOCKETS);
    assertThat(options(true, "kmem").view().page()).isEqualTo(Page.MEMORY);
    assertThat(options(true, "name").view().page()).isEqualTo(Page.TCP_SOCKETS);
  }

  private static TopOptions options(boolean tcp, String sort) {
    return new TopOptions(true, tcp, Optional.of(sort), "", java.time.Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource({"0, '    '", "0.5, '██  '", "0.54, '██▏ '", "1, ████", "7, ████"})
  void barsAreMadeOfEighths(double share, String bar) {
    assertThat(Signs.UNICODE.bar(share, 4)).isEqualTo(bar);
  }
}
