package io.github.vcgroupfs.serve;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.watch.GroupSample;
import io.github.vcgroupfs.watch.Hierarchy;
import io.github.vcgroupfs.watch.JournalLine;
import io.github.vcgroupfs.watch.SocketRow;
import io.github.vcgroupfs.watch.WatchException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What there is to see of one group beside its numbers, as JSON has it. Has no state. */
final class Details {
  /** More rows say nothing to a person. */
  private static final int MOST_ROWS = 500;

  /** The list of more sockets is not read for that. */
  private static final long MOST_SOCKETS = 5_000;

  private Details() {}

  /** The first sockets of a group; none if it has very many. */
  static List<Map<String, Object>> sockets(Hierarchy hierarchy, GroupSample group)
      throws WatchException {
    if (group.raw(Column.SOCKETS) > MOST_SOCKETS) {
      return List.of();
    }
    List<SocketRow> rows = hierarchy.sockets(group.path());
    return rows.stream().limit(MOST_ROWS).map(Details::socket).toList();
  }

  private static Map<String, Object> socket(SocketRow row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("state", row.state());
    fields.put("receiveQueue", row.receiveQueue());
    fields.put("sendQueue", row.sendQueue());
    fields.put("local", row.local());
    fields.put("peer", row.peer());
    fields.put("relayed", row.relayed());
    fields.putAll(row.numbers());
    return fields;
  }

  /** The first flows of a group, by the columns of their table. */
  static List<Map<String, String>> flows(Hierarchy hierarchy, String group) throws WatchException {
    return first(hierarchy.flows(group));
  }

  /** The first relays of a group, by the columns of their table. */
  static List<Map<String, String>> relays(Hierarchy hierarchy, String group) throws WatchException {
    return first(hierarchy.relays(group));
  }

  private static <T> List<T> first(List<T> rows) {
    return rows.subList(0, Math.min(rows.size(), MOST_ROWS));
  }

  /** Lines of a log. */
  static List<Map<String, @Nullable Object>> lines(List<JournalLine> lines) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (JournalLine each : lines) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("text", each.text());
      fields.put("time", each.time());
      fields.put("process", each.process());
      fields.put("call", each.call());
      fields.put("target", each.target());
      fields.put("errno", each.errno().orElse(null));
      fields.put("why", each.why().orElse(null));
      all.add(fields);
    }
    return all;
  }
}
