package io.github.vcgroupfs.watch;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.columns.GroupsTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at a mount of ours: one file has all groups. */
final class TableLook implements Look {
  private final Path directory;
  private final Path table;
  private final SmallFile file = new SmallFile();

  /** Columns with a number in some row. */
  private volatile Set<Column> known = Set.of();

  private volatile GroupsTable.Head head =
      new GroupsTable.Head(Optional.empty(), List.copyOf(Column.all()));

  TableLook(Path directory, Path table) {
    this.directory = directory;
    this.table = table;
  }

  @Override
  public List<GroupSample> read() throws WatchException {
    List<GroupSample> groups = new ArrayList<>();
    Set<Column> seen = EnumSet.noneOf(Column.class);
    try {
      file.read(table);
      head =
          GroupsTable.parse(
              file.text(), file.length(), (path, row) -> groups.add(new GroupSample(path, row)));
    } catch (IOException e) {
      throw Trouble.with(directory, e);
    } catch (IllegalArgumentException e) {
      throw new WatchException(
          WatchException.Kind.FAILED,
          "%s is not read as this version of vcgroupfs writes it (%s): mount with the same version"
              .formatted(table, e.getMessage()));
    }
    for (Column column : Column.all()) {
      if (groups.stream().anyMatch(each -> each.raw(column) != Column.UNKNOWN)) {
        seen.add(column);
      }
    }
    known = seen;
    return groups;
  }

  @Override
  public Optional<String> whyUnknown(Column column) {
    if (known.contains(column)) {
      return Optional.empty();
    }
    if (!head.has(column)) {
      return Optional.of("the daemon of this mount is of a version that does not tell it");
    }
    return Optional.of(
        "%s has no control file that shows it, or you may not read it"
            .formatted(profile().orElse("the kernel that is imitated")));
  }

  @Override
  public Optional<String> profile() {
    return head.profile();
  }
}
