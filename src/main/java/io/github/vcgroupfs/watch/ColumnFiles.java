package io.github.vcgroupfs.watch;

import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.memcg.files.MemoryFiles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The control files that show one number each, of all kernels together. Immutable. */
final class ColumnFiles {
  private final Map<Column, List<String>> names = new EnumMap<>(Column.class);

  /** Collects them from the table of files. */
  ColumnFiles() {
    for (ControlFile row : MemoryFiles.rows()) {
      Column column = row.column();
      if (column != null) {
        List<String> known = names.computeIfAbsent(column, any -> new ArrayList<>());
        known.add(row.fullName());
        if (row.alias() != null) {
          known.add(row.alias());
        }
      }
    }
  }

  /** What the file of a column may be called; empty if no kernel has one. */
  List<String> names(Column column) {
    return names.getOrDefault(column, List.of());
  }
}
