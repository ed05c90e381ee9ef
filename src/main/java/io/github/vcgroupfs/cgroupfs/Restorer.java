package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.Hierarchy;
import io.github.vcgroupfs.memcg.MemCgroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings a recorded hierarchy back: the tree, then what the model knows in the order of {@link
 * Restoring}, and the rest as texts. Before the mount is served; not thread-safe.
 */
final class Restorer {
  private final Hierarchy tree;
  private final FileTable table;
  private final Inodes inodes;
  private final RecordedTexts texts;
  private final long nowNs;
  private final Map<RecordedGroup, MemCgroup> groups = new LinkedHashMap<>();

  Restorer(Hierarchy tree, FileTable table, Inodes inodes, RecordedTexts texts, long nowNs) {
    this.tree = tree;
    this.table = table;
    this.inodes = inodes;
    this.texts = texts;
    this.nowNs = nowNs;
  }

  /** A recorded file that this mount has. */
  private record Known(VisibleFile file, RecordedGroup.RecordedFile recorded, Target target) {
    @Nullable String text() {
      return recorded.text();
    }

    Restoring when() {
      return file.row().handler().restoring();
    }
  }

  /**
   * Restores groups, parents before their children.
   *
   * @return names of files that this mount does not have, each once
   * @throws ErrnoException for a group that cannot be made
   */
  List<String> restore(List<RecordedGroup> recorded, Caller owner) throws ErrnoException {
    for (RecordedGroup each : recorded) {
      MemCgroup group = make(each, owner);
      groups.put(each, group);
      List<Known> files = known(each);
      take(Restoring.FLAGS, files);
      take(Restoring.LIMITS, files); // old kernels take the first limit on kmem without children
    }
    List<Known> all = new ArrayList<>();
    for (RecordedGroup each : recorded) {
      all.addAll(known(each));
    }
    List<Known> upwards = new ArrayList<>(all);
    Collections.reverse(upwards);
    take(Restoring.USAGE, upwards);
    take(Restoring.RECORDS, all);
    for (Known each : all) {
      showWhatIsNotKnown(each);
      own(each);
    }
    return missing(recorded);
  }

  private MemCgroup make(RecordedGroup recorded, Caller owner) throws ErrnoException {
    String path = recorded.path();
    MemCgroup group = tree.root();
    if (path.length() > 1) {
      Node node = new Paths(tree, table).find(path);
      String name = node.requireAbsent();
      group = tree.mkdir(node.groupOrThrow(), name);
      inodes.created(group, 0755, owner.uid(), owner.gid(), nowNs);
    }
    Inode directory = inodes.of(group);
    RecordedGroup.Owner wanted = recorded.owner();
    if (wanted != null) {
      directory.chown(wanted.uid(), wanted.gid(), nowNs);
    }
    if (recorded.mode() != null) {
      directory.chmod(recorded.mode(), nowNs);
    }
    return group;
  }

  private List<Known> known(RecordedGroup recorded) throws ErrnoException {
    List<Known> known = new ArrayList<>();
    MemCgroup group = groups.get(recorded);
    if (group != null) {
      for (RecordedGroup.RecordedFile each : recorded.files()) {
        VisibleFile file = table.find(group.isRoot(), each.name());
        if (file != null) {
          known.add(new Known(file, each, new Target(tree, group, Caller.SELF)));
        }
      }
    }
    known.sort((a, b) -> Integer.compare(a.file().index(), b.file().index()));
    return known;
  }

  /** What this kernel would refuse is shown as text instead. */
  private static void take(Restoring when, List<Known> files) {
    for (Known each : files) {
      String text = each.text();
      if (text != null && each.when() == when) {
        each.file().row().handler().restore(each.target(), text);
      }
    }
  }

  private void showWhatIsNotKnown(Known known) throws ErrnoException {
    String text = known.text();
    Handler handler = known.file().row().handler();
    if (text == null || handler.readShape() == ReadShape.PIDS) {
      return; // members are processes
    }
    if (!handler.agrees(known.target(), text)) {
      texts.put(known.file(), known.target().group(), text);
    }
  }

  private void own(Known known) {
    Integer mode = known.recorded().mode();
    RecordedGroup.Owner owner = known.recorded().owner();
    MemCgroup group = known.target().group();
    Attributes now = inodes.readable(group, known.file()).attributes(0, false, 1, 0);
    if (owner == null) {
      Attributes directory = inodes.of(group).attributes(0, true, 2, 0);
      owner = new RecordedGroup.Owner(directory.uid(), directory.gid());
    }
    if (now.uid() != owner.uid() || now.gid() != owner.gid()) {
      inodes.changeable(group, known.file()).chown(owner.uid(), owner.gid(), nowNs);
    }
    if (mode != null && mode != now.mode()) {
      inodes.changeable(group, known.file()).chmod(mode, nowNs);
    }
  }

  private List<String> missing(List<RecordedGroup> recorded) {
    return recorded.stream()
        .flatMap(
            each ->
                each.files().stream()
                    .map(RecordedGroup.RecordedFile::name)
                    .filter(name -> table.find(each.path().length() == 1, name) == null))
        .distinct()
        .sorted()
        .toList();
  }
}
