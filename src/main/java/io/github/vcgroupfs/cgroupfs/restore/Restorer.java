package io.github.vcgroupfs.cgroupfs.restore;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroupfs.file.FileTable;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.MountFiles;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Restorable;
import io.github.vcgroupfs.cgroupfs.file.Restoring;
import io.github.vcgroupfs.cgroupfs.file.Visibility;
import io.github.vcgroupfs.cgroupfs.file.VisibleFile;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import io.github.vcgroupfs.cgroupfs.inode.Inode;
import io.github.vcgroupfs.cgroupfs.inode.Inodes;
import io.github.vcgroupfs.cgroupfs.path.Node;
import io.github.vcgroupfs.cgroupfs.path.Paths;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores a recorded hierarchy: first the tree and the values that the model knows, in the order
 * of {@link Restoring}, then the members, and then all other texts. It runs before the mount is
 * served; not thread-safe.
 */
public final class Restorer {
  private static final Logger LOG = LoggerFactory.getLogger(Restorer.class);

  private final MountFiles mount;
  private final CgroupTree tree;
  private final FileTable table;
  private final Inodes inodes;
  private final RecordedTexts texts;
  private final Caller owner;
  private final long nowNs;
  private final Map<RecordedGroup, Cgroup> groups = new LinkedHashMap<>();

  /**
   * A restorer for one mount. It can be used once.
   *
   * @param mount has its root and no other group yet
   * @param texts keeps what the model cannot hold
   * @param owner the owner of everything that was recorded without one
   * @param nowNs the time for its inodes, in nanoseconds since the epoch
   */
  public Restorer(MountFiles mount, RecordedTexts texts, Caller owner, long nowNs) {
    this.mount = mount;
    this.tree = mount.tree();
    this.table = mount.table();
    this.inodes = mount.inodes();
    this.texts = texts;
    this.owner = owner;
    this.nowNs = nowNs;
  }

  /** A recorded file that this mount has. */
  private record Known(VisibleFile file, RecordedGroup.RecordedFile recorded, FileTarget target) {
    @Nullable String text() {
      return recorded.text();
    }

    Restoring when() {
      return file.handler() instanceof Restorable restorable
          ? restorable.restoring()
          : Restoring.NEVER;
    }
  }

  /**
   * Restores groups. In the list, parents come before their children.
   *
   * @param extra names of files that no kernel profile has, and that are shown anyway
   * @param members puts those who were in a group into it
   * @return names of files that this mount does not have, each once
   * @throws ErrnoException for a group that cannot be made, ENOSPC if no inode number is left for
   *     another extra file
   */
  public List<String> restore(
      List<RecordedGroup> recorded, Set<String> extra, RecordedMembers members)
      throws ErrnoException {
    for (String name : extra) {
      addFile(name, recorded);
    }
    for (RecordedGroup each : recorded) {
      Cgroup group = make(each);
      groups.put(each, group);
      List<Known> files = known(each);
      takeSettings(files); // old kernels take the first limit on kmem without children
    }
    List<Known> all = new ArrayList<>();
    for (RecordedGroup each : recorded) {
      all.addAll(known(each));
    }
    List<Known> upwards = new ArrayList<>(all);
    Collections.reverse(upwards);
    take(Restoring.USAGE, upwards);
    groups.forEach(members::join); // some limits are for groups without members
    take(Restoring.RECORDS, all);
    for (Known each : all) {
      showWhatIsNotKnown(each);
      own(each);
    }
    return missing(recorded);
  }

  private void addFile(String name, List<RecordedGroup> recorded) throws ErrnoException {
    boolean onRoot = recorded.stream().anyMatch(each -> each.isRoot() && each.hasFile(name));
    boolean elsewhere = recorded.stream().anyMatch(each -> !each.isRoot() && each.hasFile(name));
    RecordedHandler handler = new RecordedHandler();
    Visibility where = Visibility.of(onRoot, elsewhere || recorded.size() < 2);
    table.addRecorded(name, handler, where);
    tree.addGroupListener(handler::removed);
  }

  private Cgroup make(RecordedGroup recorded) throws ErrnoException {
    String path = recorded.path();
    Cgroup group = tree.root();
    if (!recorded.isRoot()) {
      Node node = new Paths(tree, table).find(path);
      String name = node.requireAbsent();
      group = mount.makeGroup(node.groupOrThrow(), name, 0755, owner, nowNs);
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
    Cgroup group = groups.get(recorded);
    if (group != null) {
      for (RecordedGroup.RecordedFile each : recorded.files()) {
        VisibleFile file = table.find(group.isRoot(), each.name());
        if (file != null) {
          known.add(new Known(file, each, new FileTarget(mount, group, Caller.SELF)));
        }
      }
    }
    known.sort((a, b) -> Integer.compare(a.file().index(), b.file().index()));
    return known;
  }

  /**
   * Flags and then limits. What is refused is tried again once others were taken: a quota, for
   * example, may be too much for the period that the group has at first.
   */
  private static void takeSettings(List<Known> files) {
    List<Known> open = new ArrayList<>();
    files.stream().filter(each -> each.when() == Restoring.FLAGS).forEach(open::add);
    files.stream().filter(each -> each.when() == Restoring.LIMITS).forEach(open::add);
    List<Known> refused = open;
    do {
      open = refused;
      refused = new ArrayList<>(open);
      refused.removeIf(Restorer::take);
    } while (!refused.isEmpty() && refused.size() < open.size());
  }

  private static void take(Restoring when, List<Known> files) {
    files.stream().filter(each -> each.when() == when).forEach(Restorer::take);
  }

  /**
   * Takes a value over. A refusal leaves the model as it is, and the file shows what was recorded.
   *
   * @return whether it was not refused
   */
  private static boolean take(Known known) {
    String text = known.text();
    if (text != null && known.file().handler() instanceof Restorable handler) {
      try {
        handler.restore(known.target(), text);
      } catch (ErrnoException refusal) {
        LOG.debug("{} refuses what was recorded: {}", known.file().name(), refusal.getMessage());
        return false;
      }
    }
    return true;
  }

  private void showWhatIsNotKnown(Known known) throws ErrnoException {
    String text = known.text();
    Handler handler = known.file().handler();
    if (text == null || handler.readShape() == ReadShape.PIDS) {
      return; // members are processes
    }
    if (!agrees(handler, known.target(), text)) {
      LOG.debug("{} of {} has no model", known.file().name(), known.target().group().path());
      texts.put(known.file(), known.target().group(), text);
    }
  }

  private static boolean agrees(Handler handler, FileTarget target, String text)
      throws ErrnoException {
    if (handler.readShape() == ReadShape.NONE) {
      return true;
    }
    return handler instanceof Restorable restorable
        ? restorable.agrees(target, text)
        : handler.read(target).equals(text);
  }

  private void own(Known known) {
    Integer mode = known.recorded().mode();
    RecordedGroup.Owner wanted = known.recorded().owner();
    Cgroup group = known.target().group();
    Attributes now = inodes.readable(group, known.file()).attributes(0, FileType.FILE, 1, 0);
    if (wanted == null) {
      Attributes directory = inodes.of(group).attributes(0, FileType.DIRECTORY, 2, 0);
      wanted = new RecordedGroup.Owner(directory.uid(), directory.gid());
    }
    if (now.uid() != wanted.uid() || now.gid() != wanted.gid()) {
      inodes.changeable(group, known.file()).chown(wanted.uid(), wanted.gid(), nowNs);
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
                    .filter(name -> table.find(each.isRoot(), name) == null))
        .distinct()
        .sorted()
        .toList();
  }
}
