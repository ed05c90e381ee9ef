package io.github.vcgroupfs.top;

import io.github.vcgroupfs.columns.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Tells which columns are not known, and why. Has no state. */
final class Unknowns {
  private Unknowns() {}

  /** The headers of a page's columns that are not known here, in one line; empty if all are. */
  static String line(Source source, Page page) {
    List<String> headers = new ArrayList<>();
    for (Field each : page.fields()) {
      if (!source.isKnown(each)) {
        headers.add(each.header().toLowerCase(Locale.ROOT));
      }
    }
    return headers.isEmpty()
        ? ""
        : "not known here (?): " + String.join(", ", headers) + "   (key ? says why)";
  }

  /** A sentence for each reason, with the columns that it is the reason of. */
  static List<String> reasons(Source source) {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    new TreeMap<>(source.unknown())
        .forEach(
            (Column column, String why) ->
                columns.computeIfAbsent(why, unknown -> new ArrayList<>()).add(column.id()));
    List<String> sentences = new ArrayList<>();
    columns.forEach((why, ids) -> sentences.add("%s: %s".formatted(String.join(", ", ids), why)));
    return sentences;
  }
}
