package io.github.vcgroupfs.top;

import io.github.vcgroupfs.columns.Column;
import java.util.Map;
import java.util.Optional;

/**
 * Where the numbers come from. Immutable.
 *
 * @param directory whose group is the root of the table
 * @param kind which kernel's hierarchy it is, or which profile's
 * @param unknown the columns that cannot be known there, and why
 */
record Source(String directory, String kind, Map<Column, String> unknown) {
  Source {
    unknown = Map.copyOf(unknown);
  }

  boolean isKnown(Field field) {
    return whyUnknown(field).isEmpty();
  }

  /** Why a field cannot be known here; empty if it can. */
  Optional<String> whyUnknown(Field field) {
    return field.column().map(unknown::get).or(() -> field.limit().map(unknown::get));
  }
}
