package io.github.vcgroupfs.columns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text of {@code sim.groups}. The first line names the kernel that is imitated, the second one
 * the columns; each further line is a group. Fields are parted by tabs. What is not known is a
 * dash, a limit that limits nothing is {@code max}. Paths are as {@link PathText} writes them.
 *
 * <p>A reader goes by the names of the columns, so that one may be added.
 */
public final class GroupsTable {
  private static final String PROFILE = "# profile ";
  private static final String PATH = "path";
  private static final char SEPARATOR = '\t';
  private static final String NOTHING = "-";
  private static final String NO_LIMIT = "max";
  private static final int DECIMAL = 10;

  private GroupsTable() {}

  /** Takes the rows of a table. */
  public interface Sink {
    /**
     * A row.
     *
     * @param path of the group from the directory that has the file; the first one is {@code /}
     * @param row its numbers; belongs to the sink
     */
    void row(String path, Row row);
  }

  /**
   * What stands above the rows.
   *
   * @param profile the kernel that is imitated; empty if the table does not say
   * @param columns those that the table has, in its order; null for one that is not known here
   */
  public record Head(Optional<String> profile, List<@Nullable Column> columns) {
    /** Whether the table has that column. */
    public boolean has(Column column) {
      return columns.contains(column);
    }
  }

  /** Begins a text: the two lines above the rows. */
  public static void begin(StringBuilder text, String profile) {
    text.append(PROFILE).append(profile).append('\n').append(PATH);
    Column.all().forEach(each -> text.append(SEPARATOR).append(each.id()));
    text.append('\n');
  }

  /**
   * Adds a row.
   *
   * @param path as {@link PathText#escaped} writes it
   */
  public static void row(StringBuilder text, String path, Row row) {
    text.append(path);
    for (Column column : Column.all()) {
      long value = row.get(column);
      text.append(SEPARATOR);
      if (value == Column.UNKNOWN) {
        text.append(NOTHING);
      } else if (column.isLimit() && value == Column.UNLIMITED) {
        text.append(NO_LIMIT);
      } else {
        text.append(value);
      }
    }
    text.append('\n');
  }

  /**
   * Reads a text.
   *
   * @param text in UTF-8
   * @param length how many bytes of it
   * @throws IllegalArgumentException if it is no such table
   */
  public static Head parse(byte[] text, int length, Sink sink) {
    Lines lines = new Lines(text, length);
    Optional<String> profile = Optional.empty();
    while (lines.next() && lines.startsWith('#')) {
      String line = lines.text();
      if (line.startsWith(PROFILE)) {
        profile = Optional.of(line.substring(PROFILE.length()));
      }
    }
    Head head = new Head(profile, columns(lines.text()));
    while (lines.next()) {
      lines.row(head.columns(), sink);
    }
    return head;
  }

  private static List<@Nullable Column> columns(String line) {
    List<String> names = List.of(line.split("\t", -1));
    if (!names.get(0).equals(PATH)) {
      throw new IllegalArgumentException("no table of groups: it begins with \"" + line + '"');
    }
    List<@Nullable Column> columns = new ArrayList<>();
    names.subList(1, names.size()).forEach(each -> columns.add(Column.byId(each).orElse(null)));
    return columns;
  }

  /** Goes through the lines of a text. */
  private static final class Lines {
    private final byte[] text;
    private final int length;
    private int from;
    private int to = -1;

    Lines(byte[] text, int length) {
      this.text = text;
      this.length = length;
    }

    /** Goes to the next line, if it is complete. */
    boolean next() {
      from = to + 1;
      to = from;
      while (to < length && text[to] != '\n') {
        to++;
      }
      return to < length;
    }

    boolean startsWith(char c) {
      return from < to && text[from] == c;
    }

    String text() {
      return to >= length ? "" : text(to);
    }

    private String text(int end) {
      return new String(text, from, end - from, StandardCharsets.UTF_8);
    }

    void row(List<@Nullable Column> columns, Sink sink) {
      int at = end(from);
      String path = text(at);
      Row row = new Row();
      for (Column column : columns) {
        int begin = at + 1;
        if (begin > to) {
          throw new IllegalArgumentException("a row is too short: \"" + text() + '"');
        }
        at = end(begin);
        if (column != null) {
          row.set(column, value(begin, at));
        }
      }
      sink.row(path, row);
    }

    /** The end of the field that begins there. */
    private int end(int begin) {
      int end = begin;
      while (end < to && text[end] != SEPARATOR) {
        end++;
      }
      return end;
    }

    private long value(int begin, int end) {
      if (is(NOTHING, begin, end)) {
        return Column.UNKNOWN;
      }
      if (is(NO_LIMIT, begin, end)) {
        return Column.UNLIMITED;
      }
      long value = 0;
      for (int i = begin; i < end; i++) {
        int digit = text[i] - '0';
        if (digit < 0 || digit >= DECIMAL) {
          throw new IllegalArgumentException("a row has what is no number: \"" + text() + '"');
        }
        value = value * DECIMAL + digit;
      }
      return value;
    }

    private boolean is(String word, int begin, int end) {
      if (end - begin != word.length()) {
        return false;
      }
      for (int i = 0; i < word.length(); i++) {
        if (text[begin + i] != word.charAt(i)) {
          return false;
        }
      }
      return true;
    }
  }
}
