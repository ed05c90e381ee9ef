package io.github.vcgroupfs.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A table of words: the first line names the columns. Has no state. */
final class TextTable {
  private static final String BLANKS = " +";

  private TextTable() {}

  /** A map for each line after the first, in the order of the columns. */
  static List<Map<String, String>> parse(List<String> lines) {
    List<Map<String, String>> rows = new ArrayList<>();
    if (lines.isEmpty()) {
      return rows;
    }
    String[] names = lines.get(0).trim().split(BLANKS, -1);
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.trim().split(BLANKS, -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < Math.min(names.length, words.length); i++) {
        row.put(names[i], words[i]);
      }
      rows.add(row);
    }
    return rows;
  }
}
