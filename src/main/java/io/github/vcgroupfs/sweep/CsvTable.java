package io.github.vcgroupfs.sweep;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers as CSV (RFC 4180): a header, and a line for each. */
final class CsvTable {
  private CsvTable() {}

  static void write(Path file, List<Row> rows) throws IOException {
    List<Map<String, Object>> all = rows.stream().map(Flat::columns).toList();
    Set<String> columns = new LinkedHashSet<>();
    all.forEach(row -> columns.addAll(row.keySet()));
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      line(out, new ArrayList<>(columns));
      for (Map<String, Object> row : all) {
        line(out, columns.stream().map(column -> row.getOrDefault(column, "")).toList());
      }
    }
  }

  private static void line(BufferedWriter out, List<?> cells) throws IOException {
    out.write(cells.stream().map(CsvTable::quoted).collect(Collectors.joining(",")));
    out.write('\n');
  }

  private static String quoted(Object cell) {
    String text = String.valueOf(cell);
    return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
