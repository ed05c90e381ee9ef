package io.github.vcgroupfs.watch;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.columns.Row;
import java.util.OptionalLong;

/** What was seen of one group. Immutable. */
public final class GroupSample {
  private static final String ROOT = "/";

  private final String path;
  private final Row row;

  /**
   * What was seen of a group.
   *
   * @param row nobody changes it any more
   */
  GroupSample(String path, Row row) {
    this.path = path;
    this.row = row;
  }

  /**
   * The path from the directory that is watched: {@code /web/a}. That directory itself is {@code
   * /}. Control characters, backslashes and bytes that are no UTF-8 stand as {@code \xNN}: it is
   * fit to be shown anywhere. {@link Hierarchy#directoryOf} finds the directory.
   */
  public String path() {
    return path;
  }

  /** Whether it is the directory that is watched. */
  public boolean isTop() {
    return path.equals(ROOT);
  }

  /** The last name of the path; {@code /} at the top. */
  public String name() {
    return isTop() ? ROOT : path.substring(path.lastIndexOf('/') + 1);
  }

  /** The path of the group above. At the top it is {@code /}, too. */
  public String parent() {
    int end = path.lastIndexOf('/');
    return end <= 0 ? ROOT : path.substring(0, end);
  }

  /** How many groups there are above it, up to the directory that is watched. */
  public int depth() {
    return isTop() ? 0 : (int) path.chars().filter(each -> each == '/').count();
  }

  /**
   * A number; empty if it is not known. A limit that limits nothing is {@link Column#UNLIMITED}.
   */
  public OptionalLong get(Column column) {
    long value = raw(column);
    return value == Column.UNKNOWN ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** The same without an object: {@link Column#UNKNOWN} if it is not known. */
  public long raw(Column column) {
    return row.get(column);
  }

  /** Whether a limit is known and limits nothing. */
  public boolean isUnlimited(Column column) {
    return column.isLimit() && raw(column) == Column.UNLIMITED;
  }

  @Override
  public String toString() {
    return path;
  }
}
