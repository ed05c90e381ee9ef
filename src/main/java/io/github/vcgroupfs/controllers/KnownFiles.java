package io.github.vcgroupfs.controllers;

import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.FileOwner;
import io.github.vcgroupfs.cgroupfs.file.NumberHandler;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names of the control files of all kernels together. The {@code sim.*} files are left out.
 * Immutable.
 */
public final class KnownFiles {
  private final Map<String, ControlFile> byName = new TreeMap<>();

  /** Collects the names from the rows of all tables. */
  public KnownFiles() {
    for (ControlFile row : ControlFiles.all()) {
      if (!row.owner().equals(FileOwner.OURS)) {
        byName.put(row.fullName(), row);
        if (row.alias() != null) {
          byName.put(row.alias(), row);
        }
      }
    }
  }

  /** Whether some kernel has a file of that name. */
  public boolean contains(String name) {
    return byName.containsKey(name);
  }

  /** Whether the file with this name shows one number and a newline. */
  public boolean isNumber(String name) {
    ControlFile row = byName.get(name);
    return row != null && row.handler().readShape() == ReadShape.NUMBER;
  }

  /** Whether the number that the file with this name shows may be negative. */
  public boolean isSigned(String name) {
    ControlFile row = byName.get(name);
    return row != null && row.handler() instanceof NumberHandler number && number.isSigned();
  }

  /** The known name that differs least from this one. */
  public String nearest(String name) {
    return byName.keySet().stream()
        .min(Comparator.comparingInt(known -> distance(known, name)))
        .orElseThrow();
  }

  /** Edit distance: insertions, deletions and changes of one character. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
