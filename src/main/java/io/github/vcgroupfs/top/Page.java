package io.github.vcgroupfs.top;

import static io.github.vcgroupfs.top.Field.DROPS;
import static io.github.vcgroupfs.top.Field.FAILCNT;
import static io.github.vcgroupfs.top.Field.KMEM;
import static io.github.vcgroupfs.top.Field.KMEM_LIMIT;
import static io.github.vcgroupfs.top.Field.LIMIT;
import static io.github.vcgroupfs.top.Field.MAX;
import static io.github.vcgroupfs.top.Field.PRESSURE;
import static io.github.vcgroupfs.top.Field.PROCS;
import static io.github.vcgroupfs.top.Field.RECEIVED;
import static io.github.vcgroupfs.top.Field.REFUSED;
import static io.github.vcgroupfs.top.Field.SENT;
import static io.github.vcgroupfs.top.Field.SOCKETS;
import static io.github.vcgroupfs.top.Field.TCP;
import static io.github.vcgroupfs.top.Field.TCP_FAILCNT;
import static io.github.vcgroupfs.top.Field.TCP_LIMIT;
import static io.github.vcgroupfs.top.Field.TCP_MAX;
import static io.github.vcgroupfs.top.Field.TCP_USED;
import static io.github.vcgroupfs.top.Field.USAGE;
import static io.github.vcgroupfs.top.Field.USED;
import static io.github.vcgroupfs.top.Field.WINDOW;

import java.util.ArrayList;
import java.util.List;

/** The two tables that there are: one of memory, one of TCP. */
@SuppressWarnings("ImmutableEnumChecker") // List.of: nobody can change it
enum Page {
  MEMORY(
      List.of(
          USAGE,
          LIMIT,
          USED,
          MAX,
          FAILCNT,
          KMEM,
          KMEM_LIMIT,
          TCP,
          TCP_LIMIT,
          SOCKETS,
          PRESSURE,
          PROCS),
      List.of(
          KMEM_LIMIT, TCP_LIMIT, SOCKETS, PROCS, KMEM, TCP, MAX, PRESSURE, FAILCNT, LIMIT, USED)),
  TCP_SOCKETS(
      List.of(
          TCP,
          TCP_LIMIT,
          TCP_USED,
          TCP_MAX,
          TCP_FAILCNT,
          SOCKETS,
          WINDOW,
          PRESSURE,
          DROPS,
          REFUSED,
          SENT,
          RECEIVED),
      List.of(
          TCP_MAX,
          TCP_FAILCNT,
          REFUSED,
          TCP_LIMIT,
          SOCKETS,
          TCP,
          RECEIVED,
          WINDOW,
          TCP_USED,
          SENT,
          DROPS));

  /** Cells that a name gets before any other field is shown. */
  private static final int LEAST_NAME = 18;

  private final List<Field> fields;
  private final List<Field> given; // up, the first one first, when there is no room

  Page(List<Field> fields, List<Field> given) {
    this.fields = fields;
    this.given = given;
  }

  /** All that it can show beside the name, from left to right. */
  List<Field> fields() {
    return fields;
  }

  /** What it shows beside the name in so many cells. */
  List<Field> fields(int cells) {
    List<Field> shown = new ArrayList<>(fields);
    for (Field each : given) {
      if (LEAST_NAME + width(shown) <= cells) {
        break;
      }
      shown.remove(each);
    }
    return shown;
  }

  /** Cells that fields need, with one between each and the one before. */
  static int width(List<Field> fields) {
    return fields.stream().mapToInt(each -> each.width() + 1).sum();
  }

  Page other() {
    return this == MEMORY ? TCP_SOCKETS : MEMORY;
  }

  /** What one wants to see first. */
  Field firstSort() {
    return this == MEMORY ? USAGE : TCP;
  }

  String title() {
    return this == MEMORY ? "memory" : "tcp";
  }
}
