package io.github.vcgroupfs.top;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.watch.GroupSample;
import io.github.vcgroupfs.watch.Rates;
import io.github.vcgroupfs.watch.Snapshot;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What was read, last and before that. Immutable.
 *
 * @param before the snapshot that rates are counted from; none at first
 */
record Frame(Source source, Snapshot now, Optional<Snapshot> before) {
  /** The number of a field, if it is known by now. No limit is an endless one. */
  OptionalDouble value(Field field, GroupSample group) {
    return switch (field.kind()) {
      case BYTES, COUNT, FLAG -> number(field.column(), group);
      case SHARE -> share(field, group);
      case BYTE_RATE, RATE -> rate(field.column(), group);
    };
  }

  private static OptionalDouble number(Optional<Column> column, GroupSample group) {
    if (column.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (group.isUnlimited(column.get())) {
      return OptionalDouble.of(Double.POSITIVE_INFINITY);
    }
    OptionalLong number = group.get(column.get());
    return number.isPresent() ? OptionalDouble.of((double) number.getAsLong()) : OptionalDouble.empty();
  }

  private static OptionalDouble share(Field field, GroupSample group) {
    OptionalDouble used = number(field.column(), group);
    OptionalDouble limit = number(field.limit(), group);
    if (used.isEmpty() || limit.isEmpty() || Double.isInfinite(limit.getAsDouble())) {
      return OptionalDouble.empty();
    }
    // a limit of nothing at all is reached as soon as anything is used
    double share =
        limit.getAsDouble() > 0
            ? used.getAsDouble() / limit.getAsDouble()
            : used.getAsDouble() > 0 ? 1 : 0;
    return OptionalDouble.of(share);
  }

  private OptionalDouble rate(Optional<Column> column, GroupSample group) {
    if (column.isEmpty() || before.isEmpty()) {
      return OptionalDouble.empty();
    }
    return Rates.perSecond(before.get(), now, group.path(), column.get());
  }
}
