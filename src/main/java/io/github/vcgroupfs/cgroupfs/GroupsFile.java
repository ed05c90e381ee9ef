package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Figures;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.MountFiles;
import io.github.vcgroupfs.cgroupfs.file.Numeric;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.cgroupfs.file.VisibleFile;
import io.github.vcgroupfs.cgroupfs.restore.RecordedTexts;
import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.columns.GroupsTable;
import io.github.vcgroupfs.columns.PathText;
import io.github.vcgroupfs.columns.Row;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.KernelText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code sim.groups}: a table of a group and all groups below it, for who looks at all of them
 * again and again. A number stands there as the file shows it whose row says {@link
 * ControlFile#column}, or as another {@code sim.*} file tells it. No call on those files is made,
 * so no fault strikes and nothing is written down.
 *
 * <p>A user sees only what he could find out by listing directories and reading those files.
 */
final class GroupsFile implements ServedFile {
  /**
   * {@code include/uapi/linux/limits.h}. No call can name a group with a longer path; without an
   * end a deep tree of long names would make a text that grows with the square of its depth.
   */
  private static final int PATH_MAX = 4096;

  private final Supplier<MountFiles> mount;
  private final RecordedTexts texts;

  private GroupsFile(Supplier<MountFiles> mount, RecordedTexts texts) {
    this.mount = mount;
    this.texts = texts;
  }

  /** Adds it to what is served, where there is memory to tell of. */
  static void addTo(
      Map<Served, ServedFile> served, Supplier<MountFiles> mount, RecordedTexts texts) {
    if (served.containsKey(Served.TCP_STAT)) {
      served.put(Served.GROUPS, new GroupsFile(mount, texts));
    }
  }

  @Override
  public String read(Cgroup group, Caller caller) {
    MountFiles files = mount.get();
    boolean seesAll = files.sharing().rights().isOwner(caller);
    Table table = new Table(files, caller, seesAll ? null : new Sight(files, caller));
    table.addAll(group);
    return table.text.toString();
  }

  /** One text. */
  private final class Table {
    private final MountFiles files;
    private final Caller caller;

    /** Null: sees everything. */
    private final @Nullable Sight sight;

    private final Membership.Census census;
    private final Columns ofRoot;
    private final Columns ofOthers;
    private final StringBuilder text = new StringBuilder(4096);

    Table(MountFiles files, Caller caller, @Nullable Sight sight) {
      this.files = files;
      this.caller = caller;
      this.sight = sight;
      this.census = files.tree().membership().census();
      Map<Served, Figures> figures = new LinkedHashMap<>();
      for (Served each : Served.values()) {
        if (files.serves(each)) {
          figures.put(each, files.served(each).figures());
        }
      }
      figures.values().removeIf(each -> each.equals(Figures.NONE));
      this.ofRoot = new Columns(files, true, figures);
      this.ofOthers = new Columns(files, false, figures);
      GroupsTable.begin(text, files.tree().profile().id());
    }

    /** Adds a group and all below it. Not by recursion: a tree may be deeper than a stack. */
    private void addAll(Cgroup top) {
      Deque<Place> left = new ArrayDeque<>();
      left.push(new Place(top, "", 0));
      while (!left.isEmpty()) {
        Place next = left.pop();
        addRow(next);
        childrenOf(next).forEach(left::push);
      }
    }

    private void addRow(Place place) {
      Columns columns = place.group().isRoot() ? ofRoot : ofOthers;
      Row row = new Row();
      for (VisibleFile file : columns.numbers) {
        if (sight == null || sight.mayRead(place.group(), file)) {
          fill(place.group(), file, row);
        }
      }
      for (Told each : columns.told) {
        if (sight == null || each.file() == null || sight.mayRead(place.group(), each.file())) {
          each.figures().fill(place.group(), row);
        }
      }
      GroupsTable.row(text, place.path().isEmpty() ? "/" : place.path(), row);
    }

    /** Those that are shown, the last one first. */
    private List<Place> childrenOf(Place place) {
      Cgroup group = place.group();
      if (!group.hasChildren() || (sight != null && !sight.mayList(group))) {
        return List.of();
      }
      List<Cgroup> children = new ArrayList<>(group.children());
      children.sort(Comparator.comparing(Cgroup::name).reversed());
      List<Place> shown = new ArrayList<>();
      for (Cgroup child : children) {
        int bytes = place.bytes() + 1 + child.name().length();
        if (bytes < PATH_MAX && child.isAlive() && maySee(child)) {
          shown.add(new Place(child, place.path() + "/" + PathText.escaped(child.name()), bytes));
        }
      }
      return shown;
    }

    /** Whether he may go there, and read the table of that group. */
    private boolean maySee(Cgroup child) {
      return sight == null
          || (sight.mayEnter(child)
              && (ofOthers.table == null || sight.mayRead(child, ofOthers.table)));
    }

    private void fill(Cgroup group, VisibleFile file, Row row) {
      Column column = file.row().column();
      if (column == null) {
        return;
      }
      String recorded = texts.find(file, group);
      if (file.handler().readShape() == ReadShape.PIDS) {
        row.set(column, census.processes(group));
      } else if (recorded != null) {
        row.set(column, column.parsed(KernelText.strip(recorded)));
      } else if (file.handler() instanceof Numeric numeric) {
        row.set(column, column.normal(numeric.number(new FileTarget(files, group, caller))));
      }
    }
  }

  /**
   * A group, and where it stands.
   *
   * @param path from the top of the table; empty at the top
   * @param bytes how long that is without escapes
   */
  private record Place(Cgroup group, String path, int bytes) {}

  /**
   * Numbers that a {@code sim.*} file tells.
   *
   * @param file that file, where groups of this kind have it
   */
  private record Told(@Nullable VisibleFile file, Figures figures) {}

  /** Where the numbers of a group come from: of the root, or of another group. */
  private static final class Columns {
    private final List<VisibleFile> numbers = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final @Nullable VisibleFile table;

    Columns(MountFiles files, boolean root, Map<Served, Figures> figures) {
      Map<Column, VisibleFile> byColumn = new LinkedHashMap<>(); // one with two names is one
      @Nullable VisibleFile self = null;
      for (VisibleFile file : files.table().files(root)) {
        Served served = file.row().served();
        if (file.row().column() != null) {
          byColumn.putIfAbsent(file.row().column(), file);
        } else if (served != null && figures.containsKey(served)) {
          told.add(new Told(file, figures.get(served)));
        }
        self = served == Served.GROUPS ? file : self;
      }
      numbers.addAll(byColumn.values());
      figures.forEach(
          (served, each) -> {
            if (told.stream().noneMatch(one -> one.figures().equals(each))) {
              told.add(new Told(null, each));
            }
          });
      table = self;
    }
  }
}
