package io.github.vcgroupfs.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.watch.Seen;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private final Frame frame = Pictures.frame();

  @Test
  void aTreeIsSortedAmongTheChildrenOfEachGroup() {
    assertThat(Pictures.names(frame, Pictures.TREE))
        .containsExactly("/", "|-db", "| |-b", "| `-a", "`-web");
    assertThat(Pictures.names(frame, Pictures.TREE.turned()))
        .containsExactly("/", "|-web", "`-db", "  |-a", "  `-b");
  }

  @Test
  void aListIsSortedAsAWhole() {
    assertThat(Pictures.names(frame, Pictures.LIST))
        .containsExactly("/", "/db", "/db/b", "/web", "/db/a");
  }

  @Test
  void noLimitIsTheLargestAndWhatIsNotKnownComesLastEitherWay() {
    View byLimit = new View(Page.MEMORY, false, Field.LIMIT, false, "");
    assertThat(Pictures.names(frame, byLimit))
        .containsExactly("/", "/db/a", "/db/b", "/db", "/web");
    View byDrops = new View(Page.TCP_SOCKETS, false, Field.DROPS, false, "");
    assertThat(Pictures.names(frame, byDrops).get(0)).isEqualTo("/web");
    assertThat(Pictures.names(frame, byDrops.turned()).get(0)).isEqualTo("/web");
  }

  @Test
  void namesAreSortedFromAToZ() {
    View byName = new View(Page.MEMORY, false, Field.NAME, false, "");
    assertThat(Pictures.names(frame, byName)).containsExactly("/", "/db", "/db/a", "/db/b", "/web");
  }

  @Test
  void aFilterKeepsTheParentsOfWhatItLetsThrough() {
    List<Row> rows = Pictures.rows(frame, State.of(Pictures.TREE.filtered("B/A")));
    assertThat(rows).extracting(Row::path).containsExactly("/", "/db", "/db/a");
    assertThat(rows).extracting(Row::context).containsExactly(true, true, false);
    assertThat(Pictures.names(frame, Pictures.LIST.filtered("b/a"))).containsExactly("/db/a");
    assertThat(Pictures.names(frame, Pictures.TREE.filtered("nothing"))).isEmpty();
  }

  @Test
  void whatIsFoldedAwayIsCountedAndFoundByAFilter() {
    State state = State.of(Pictures.TREE);
    State folded = state.with(state.place().fold("/db"));
    List<Row> rows = Pictures.rows(frame, folded);
    assertThat(rows).extracting(Row::path).containsExactly("/", "/db", "/web");
    assertThat(rows).extracting(Row::hidden).containsExactly(0, 2, 0);
    List<Row> found = Pictures.rows(frame, folded.with(folded.view().filtered("db/b")));
    assertThat(found).extracting(Row::path).containsExactly("/", "/db", "/db/b");
  }

  @Test
  void aGroupThatIsSeenBeforeItsParentStandsBelowTheNextOneAbove() {
    Frame torn =
        Pictures.frame(
            Seen.at(0).group("/", Column.USAGE, 1).group("/a/b", Column.USAGE, 1).snapshot());
    assertThat(Pictures.names(torn, Pictures.TREE)).containsExactly("/", "`-b");
  }
}
