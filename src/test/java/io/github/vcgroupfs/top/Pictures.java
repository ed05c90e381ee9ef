package io.github.vcgroupfs.top;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.watch.Seen;
import io.github.vcgroupfs.watch.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What tests of pictures and keys begin with: one hierarchy, as two looks have seen it. */
final class Pictures {
  static final View TREE = new View(Page.MEMORY, true, Field.USAGE, false, "");
  static final View LIST = new View(Page.MEMORY, false, Field.USAGE, false, "");
  static final View TCP = new View(Page.TCP_SOCKETS, true, Field.TCP, false, "");

  private static final long NONE = Column.UNLIMITED;

  private Pictures() {}

  /** Seen two seconds apart: the group /web has dropped 30 segments meanwhile, and sent 4 MiB. */
  static Frame frame() {
    return new Frame(source(Map.of()), look(12_000, 30, 4 << 20), Optional.of(look(10_000, 0, 0)));
  }

  static Frame frame(Snapshot now) {
    return new Frame(source(Map.of()), now, Optional.empty());
  }

  static Source source(Map<Column, String> unknown) {
    return new Source("/mnt", "linux-6.18", unknown);
  }

  private static Snapshot look(long timeMs, long dropped, long sent) {
    return Seen.at(timeMs)
        .group("/", Column.USAGE, 9 << 20, Column.LIMIT, NONE, Column.TCP_USAGE, 400 << 10)
        .group("/db", Column.USAGE, 6 << 20, Column.LIMIT, 8 << 20, Column.FAILCNT, 2)
        .group("/db/a", Column.USAGE, 1 << 20, Column.LIMIT, NONE)
        .group("/db/b", Column.USAGE, 4 << 20, Column.LIMIT, NONE)
        .group(
            "/web",
            Column.USAGE,
            3 << 20,
            Column.LIMIT,
            3 << 20,
            Column.TCP_USAGE,
            256 << 10,
            Column.TCP_LIMIT,
            256 << 10,
            Column.PRESSURE,
            1,
            Column.DROPPED,
            dropped,
            Column.SENT,
            sent)
        .snapshot();
  }

  static List<Row> rows(Frame frame, State state) {
    return Table.rows(frame, state, Signs.ASCII);
  }

  /** The names in a table, with what stands before them. */
  static List<String> names(Frame frame, View view) {
    return rows(frame, State.of(view)).stream().map(row -> row.lead() + row.name()).toList();
  }

  static Screen.Picture draw(Frame frame, State state, int width, int height) {
    Screen.Input input = new Screen.Input(frame, state, Detail.NONE, Optional.empty(), "12:00:00");
    return Screen.draw(input, Signs.ASCII, width, height);
  }

  static String text(Screen.Picture picture) {
    return picture.lines().stream()
        .map(line -> line.text().stripTrailing())
        .collect(Collectors.joining("\n"));
  }
}
