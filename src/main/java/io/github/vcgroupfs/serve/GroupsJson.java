package io.github.vcgroupfs.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.watch.GroupSample;
import io.github.vcgroupfs.watch.Series;
import io.github.vcgroupfs.watch.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Snapshots as JSON. A number that is not known is left out, and a limit that limits nothing is
 * {@code "unlimited"}: the number that stands for it is more than a page's numbers can hold. Has no
 * state.
 */
final class GroupsJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String UNLIMITED = "unlimited";

  /** What a row of a large tree takes, about. */
  private static final int ROW_BYTES = 400;

  private GroupsJson() {}

  /** All groups at one time. */
  static byte[] of(Snapshot snapshot) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(ROW_BYTES * snapshot.groups().size());
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("timeMs", snapshot.timeMs());
      json.writeNumberField("tookNs", snapshot.tookNs());
      json.writeArrayFieldStart("groups");
      for (GroupSample group : snapshot.groups()) {
        writeRow(json, group);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException impossible) { // nothing is written but memory
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void writeRow(JsonGenerator json, GroupSample group) throws IOException {
    json.writeStartObject();
    json.writeStringField("path", group.path());
    for (Column column : Column.all()) {
      long value = group.raw(column);
      if (value != Column.UNKNOWN) {
        json.writeFieldName(column.id());
        write(json, column, value);
      }
    }
    json.writeEndObject();
  }

  /** One group over time: for each column that was known, a value for each time. */
  static byte[] of(Series series) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeFieldName("timeMs");
      json.writeArray(series.timesMs(), 0, series.size());
      json.writeObjectFieldStart("columns");
      for (Column column : Column.all()) {
        if (series.has(column)) {
          writeColumn(json, column, series.values(column));
        }
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException impossible) { // nothing is written but memory
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void writeColumn(JsonGenerator json, Column column, long[] values)
      throws IOException {
    json.writeArrayFieldStart(column.id());
    for (long value : values) {
      if (value == Column.UNKNOWN) {
        json.writeNull();
      } else {
        write(json, column, value);
      }
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Column column, long value) throws IOException {
    if (column.isLimit() && value == Column.UNLIMITED) {
      json.writeString(UNLIMITED);
    } else {
      json.writeNumber(value);
    }
  }
}
