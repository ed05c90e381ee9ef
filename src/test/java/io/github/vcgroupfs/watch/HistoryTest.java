package io.github.vcgroupfs.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.columns.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final long BEGAN_MS = 1_700_000_000_000L;

  private final History history = new History();
  private final SplittableRandom random = new SplittableRandom(17);

  private static Row row(long usage, long sent) {
    Row row = new Row();
    row.set(Column.USAGE, usage);
    row.set(Column.SENT, sent);
    return row;
  }

  private static Snapshot at(long ms, GroupSample... groups) {
    return new Snapshot(BEGAN_MS + ms, 1, List.of(groups));
  }

  /** Any numbers at all, groups that come and go, and stretches that end between. */
  @Test
  void everythingThatWasSeenIsThere() {
    List<Long> times = new ArrayList<>();
    List<Row> expected = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      times.add(BEGAN_MS + i * 1000L);
      Row row = new Row();
      boolean there = random.nextInt(10) > 0;
      for (Column each : Column.all()) {
        long value =
            random.nextInt(3) == 0
                ? Column.UNKNOWN
                : random.nextLong() >>> random.nextInt(1, Long.SIZE);
        row.set(each, value);
      }
      expected.add(there ? row : new Row());
      GroupSample top = new GroupSample("/", row(i, 0));
      history.add(there ? at(i * 1000L, top, new GroupSample("/web", row)) : at(i * 1000L, top));
    }
    Series all = history.of("/web");
    assertThat(all.timesMs()).containsExactly(times.stream().mapToLong(Long::longValue).toArray());
    Series last = history.of("/web", 100);
    assertThat(last.size()).isEqualTo(100);
    for (Column each : Column.all()) {
      long[] values = expected.stream().mapToLong(one -> one.get(each)).toArray();
      assertThat(all.values(each)).as("%s", each).containsExactly(values);
      long[] newest = expected.stream().skip(300).mapToLong(one -> one.get(each)).toArray();
      assertThat(last.values(each)).as("%s", each).containsExactly(newest);
    }
    assertThat(all.has(Column.USAGE)).isTrue();
    assertThat(history.of("/").has(Column.LIMIT)).isFalse();
  }

  @Test
  void nobodyWasSeenYet() {
    assertThat(history.of("/").size()).isZero();
    history.add(at(0, new GroupSample("/", row(1, 2))));
    assertThat(history.of("/nobody").values(Column.USAGE)).containsExactly(Column.UNKNOWN);
  }

  @Test
  void tenMinutesAreKept() {
    for (int second = 0; second <= 3000; second++) {
      history.add(at(second * 1000L, new GroupSample("/", row(second, second))));
    }
    Series series = history.of("/");
    long oldest = series.timesMs()[0] - BEGAN_MS;
    assertThat(oldest).isBetween(3_000_000L - 661_000, 3_000_000L - 600_000);
    assertThat(series.values(Column.USAGE)).startsWith(oldest / 1000).endsWith(3000);
  }

  /** A thousand groups that all move in nine columns, each second for ten minutes. */
  @Test
  void aThousandBusyGroupsTakeAboutTwentyMegabytes() {
    long[] sent = new long[1000];
    for (int second = 0; second < 600; second++) {
      List<GroupSample> groups = new ArrayList<>();
      for (int i = 0; i < sent.length; i++) {
        sent[i] += random.nextInt(10_000_000);
        Row row = row(random.nextInt(1 << 18) & -4096, sent[i]);
        row.set(Column.RECEIVED, sent[i] - 1000);
        row.set(Column.TCP_USAGE, row.get(Column.USAGE));
        row.set(Column.KMEM_USAGE, row.get(Column.USAGE));
        row.set(Column.WINDOW, random.nextInt(1 << 20));
        row.set(Column.FAILCNT, second * 3L);
        row.set(Column.DROPPED, second / 2);
        row.set(Column.PRESSURE_MS, second * 1000L);
        groups.add(new GroupSample("/group" + i, row));
      }
      history.add(new Snapshot(BEGAN_MS + second * 1000L, 1, groups));
    }
    assertThat(history.of("/group7").size()).isEqualTo(600);
    assertThat(history.sizeBytes()).isBetween(5L << 20, 24L << 20);
  }

  @Test
  void ofTooManyTheMemoryIsBounded() {
    for (int look = 0; look < 40; look++) {
      List<GroupSample> groups = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        groups.add(new GroupSample("/g" + i, row(look, look)));
      }
      history.add(new Snapshot(BEGAN_MS + look * 15_000L, 1, groups));
    }
    assertThat(history.sizeBytes()).isLessThan(64L << 20);
    assertThat(history.of("/g9999").size()).isPositive();
    assertThat(history.of("/g9999").has(Column.USAGE)).isTrue();
    assertThat(history.of("/g10000").has(Column.USAGE)).isFalse();
  }
}
