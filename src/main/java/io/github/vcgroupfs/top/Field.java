package io.github.vcgroupfs.top;

import io.github.vcgroupfs.columns.Column;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the table can show of a group, and be sorted by. The name is in every table. */
enum Field {
  NAME("GROUP", 0, Kind.COUNT, null),
  USAGE("USAGE", 6, Kind.BYTES, Column.USAGE),
  MAX("MAX", 6, Kind.BYTES, Column.MAX_USAGE),
  LIMIT("LIMIT", 6, Kind.BYTES, Column.LIMIT),
  USED("OF LIMIT", 12, Kind.SHARE, Column.USAGE),
  FAILCNT("FAILCNT", 7, Kind.COUNT, Column.FAILCNT),
  KMEM("KMEM", 6, Kind.BYTES, Column.KMEM_USAGE),
  KMEM_LIMIT("K-LIMIT", 7, Kind.BYTES, Column.KMEM_LIMIT),
  TCP("TCP", 6, Kind.BYTES, Column.TCP_USAGE),
  TCP_MAX("TCP-MAX", 7, Kind.BYTES, Column.TCP_MAX_USAGE),
  TCP_LIMIT("TCP-LIM", 7, Kind.BYTES, Column.TCP_LIMIT),
  TCP_USED("OF LIMIT", 12, Kind.SHARE, Column.TCP_USAGE),
  TCP_FAILCNT("FAILCNT", 7, Kind.COUNT, Column.TCP_FAILCNT),
  SOCKETS("SOCKETS", 7, Kind.COUNT, Column.SOCKETS),
  WINDOW("WINDOW", 6, Kind.BYTES, Column.WINDOW),
  PRESSURE("PRESS", 5, Kind.FLAG, Column.PRESSURE),
  DROPS("DROPS/S", 7, Kind.RATE, Column.DROPPED),
  REFUSED("REFUS/S", 7, Kind.RATE, Column.SEND_REFUSED),
  SENT("SENT/S", 6, Kind.BYTE_RATE, Column.SENT),
  RECEIVED("RECV/S", 6, Kind.BYTE_RATE, Column.RECEIVED),
  PROCS("PROCS", 5, Kind.COUNT, Column.PROCS);

  private final String header;
  private final int width;
  private final Kind kind;
  private final @Nullable Column column;

  Field(String header, int width, Kind kind, @Nullable Column column) {
    this.header = header;
    this.width = width;
    this.kind = kind;
    this.column = column;
  }

  /** What stands above it. */
  String header() {
    return header;
  }

  /** Cells that it needs. */
  int width() {
    return width;
  }

  Kind kind() {
    return kind;
  }

  /** Where its number comes from; a name has none. */
  Optional<Column> column() {
    return Optional.ofNullable(column);
  }

  /** The limit that a share is one of. */
  Optional<Column> limit() {
    return switch (this) {
      case USED -> Optional.of(Column.LIMIT);
      case TCP_USED -> Optional.of(Column.TCP_LIMIT);
      case NAME,
          USAGE,
          MAX,
          LIMIT,
          FAILCNT,
          KMEM,
          KMEM_LIMIT,
          TCP,
          TCP_MAX,
          TCP_LIMIT,
          TCP_FAILCNT,
          SOCKETS,
          WINDOW,
          PRESSURE,
          DROPS,
          REFUSED,
          SENT,
          RECEIVED,
          PROCS ->
          Optional.empty();
    };
  }

  /** As it is written on a command line: {@code tcp-limit}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Field> ofWord(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }
}
