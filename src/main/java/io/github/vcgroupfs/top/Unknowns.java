package io.github.vcgroupfs.top;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells which columns are not known, and why. Has no state. */
final class Unknowns {
  private Unknowns() {}

  /** The headers of a page's columns that are not known here, in one line; empty if all are. */
  static String line(Source source, Page page) {
    List<String> headers = new ArrayList<>();
    for (Field each : page.fields()) {
      if (!source.isKnown(each)) {
        headers.add(each.word());
      }
    }
    return headers.isEmpty()
        ? ""
        : "not known here (?): " + String.join(", ", headers) + "   (key ? says why)";
  }

  /** A sentence for each reason, with the headers of all tables that it is the reason of. */
  static List<String> reasons(Source source) {
    return reasons(source, List.of(Field.values()));
  }

  /** Likewise, of one table. */
  static List<String> reasons(Source source, Page page) {
    return reasons(source, page.fields());
  }

  private static List<String> reasons(Source source, List<Field> fields) {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (Field each : fields) {
      source
          .whyUnknown(each)
          .ifPresent(
              why -> columns.computeIfAbsent(why, unknown -> new ArrayList<>()).add(each.word()));
    }
    List<String> sentences = new ArrayList<>();
    columns.forEach(
        (why, words) -> sentences.add("%s: %s".formatted(String.join(", ", words), why)));
    return sentences;
  }
}
