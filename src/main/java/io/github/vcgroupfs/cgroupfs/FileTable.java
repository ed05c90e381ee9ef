package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The control files of one mount: the rows of {@link ControlFiles} that its profile has, by name,
 * for the root and for all other groups. Immutable once it is served.
 */
final class FileTable {
  private final List<VisibleFile> all = new ArrayList<>();
  private final Map<String, VisibleFile> root;
  private final Map<String, VisibleFile> others;

  FileTable(KernelProfile profile, List<ControlFile> rows) {
    for (ControlFile row : rows) {
      all.add(visible(profile, row, row.fullName(), all.size()));
      String alias = row.alias();
      if (alias != null && row.hasAlias(profile)) {
        all.add(visible(profile, row, alias, all.size()));
      }
    }
    this.root = byName(profile, all, true);
    this.others = byName(profile, all, false);
  }

  /** The rows of {@link ControlFiles} that a mount has. */
  static FileTable of(
      KernelProfile profile, Inodes inodes, Recorder recorder, Map<Served, ServedFile> served) {
    // event_control and sim.fault are two of the files and look others up.
    AtomicReference<@Nullable FileTable> self = new AtomicReference<>();
    Supplier<FileTable> whole = () -> Objects.requireNonNull(self.get());
    ControlFiles.Parts parts =
        new ControlFiles.Parts(
            recorder::why,
            recorder::journal,
            served,
            new EventControlHandler(inodes, index -> whole.get().byIndex(index)),
            new FaultHandler(recorder.faults(), whole));
    FileTable table = new FileTable(profile, ControlFiles.rows(parts));
    self.set(table);
    return table;
  }

  private static VisibleFile visible(
      KernelProfile profile, ControlFile row, String name, int index) {
    // index 0 is the directory itself
    return new VisibleFile(name, row, index + 1, row.mode(profile), row.isWritable(profile));
  }

  private static Map<String, VisibleFile> byName(
      KernelProfile profile, List<VisibleFile> all, boolean root) {
    Map<String, VisibleFile> map = new LinkedHashMap<>();
    for (VisibleFile file : all) {
      if (file.row().isIn(profile, root)) {
        map.put(file.name(), file);
      }
    }
    return map;
  }

  /**
   * Adds a file that no kernel of ours has, for the groups of a fixture that recorded it. Before
   * the mount is served.
   */
  void addRecorded(KernelProfile profile, String name, Handler handler, Visibility where) {
    ControlFile row =
        ControlFile.core(name, handler, Fidelity.STUB, "a fixture").visible(where).build();
    VisibleFile file = visible(profile, row, name, all.size());
    all.add(file);
    if (where.covers(false)) {
      others.put(name, file);
    }
    if (where.covers(true)) {
      root.put(name, file);
    }
  }

  /** The file of that name in such a directory, or null. */
  @Nullable VisibleFile find(boolean inRoot, String name) {
    return (inRoot ? root : others).get(name);
  }

  /** The file with that index, whichever directories it stands in, or null. */
  @Nullable VisibleFile byIndex(int index) {
    return index > 0 && index <= all.size() ? all.get(index - 1) : null;
  }

  /** All files in such a directory and in folders of ours below it, in the order of the rows. */
  Collection<VisibleFile> files(boolean inRoot) {
    return (inRoot ? root : others).values();
  }
}
