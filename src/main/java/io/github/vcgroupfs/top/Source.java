package io.github.vcgroupfs.top;

import io.github.vcgroupfs.columns.Column;
import java.util.Map;

/**
 * Where the numbers come from. Immutable.
 *
 * @param directory as the user has called it
 * @param kind which kernel's hierarchy it is, or which profile's
 * @param unknown the columns that cannot be known there, and why
 */
record Source(String directory, String kind, Map<Column, String> unknown) {
  Source {
    unknown = Map.copyOf(unknown);
  }

  boolean isKnown(Field field) {
    return field.column().map(each -> !unknown.containsKey(each)).orElse(true)
        && field.limit().map(each -> !unknown.containsKey(each)).orElse(true);
  }
}
