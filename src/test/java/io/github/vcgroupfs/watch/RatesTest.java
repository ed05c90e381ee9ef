package io.github.vcgroupfs.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.columns.Row;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatesTest {
  private static Snapshot at(long ms, String path, long sent) {
    Row row = new Row();
    row.set(Column.SENT, sent);
    return new Snapshot(ms, 1, List.of(new GroupSample(path, row)));
  }

  @Test
  void aCounterHasARate() {
    assertThat(Rates.perSecond(at(1000, "/a", 100), at(3000, "/a", 400), "/a", Column.SENT))
        .hasValue(150);
  }

  @Test
  void noRateWithoutTwoNumbersAndTime() {
    Snapshot before = at(1000, "/a", 100);
    assertThat(Rates.perSecond(before, at(3000, "/b", 400), "/a", Column.SENT)).isEmpty();
    assertThat(Rates.perSecond(before, at(3000, "/b", 400), "/b", Column.SENT)).isEmpty();
    assertThat(Rates.perSecond(before, at(1000, "/a", 400), "/a", Column.SENT)).isEmpty();
    assertThat(Rates.perSecond(before, at(3000, "/a", 400), "/a", Column.FAILCNT)).isEmpty();
    assertThat(Rates.perSecond(before, at(3000, "/a", 99), "/a", Column.SENT))
        .as("reset meanwhile")
        .isEmpty();
  }

  @Test
  void aLookTakesAtMostATwentiethOfTheTime() {
    Pace pace = new Pace(Duration.ofSeconds(1));
    pace.took(1_000_000);
    assertThat(pace.intervalNs()).isEqualTo(1_000_000_000L);
    for (int i = 0; i < 30; i++) {
      pace.took(200_000_000);
    }
    assertThat(pace.intervalNs()).isBetween(3_900_000_000L, 4_000_000_000L);
    for (int i = 0; i < 30; i++) {
      pace.took(1_000_000);
    }
    assertThat(pace.intervalNs()).isEqualTo(1_000_000_000L);
  }

  @Test
  void pathsKnowTheirPlace() {
    GroupSample top = new GroupSample("/", new Row());
    GroupSample deep = new GroupSample("/a/b", new Row());
    assertThat(top.isTop()).isTrue();
    assertThat(List.of(top.name(), top.parent(), top.depth())).isEqualTo(List.of("/", "/", 0));
    assertThat(List.of(deep.name(), deep.parent(), deep.depth())).isEqualTo(List.of("b", "/a", 2));
    assertThat(new GroupSample("/a", new Row()).parent()).isEqualTo("/");
  }
}
