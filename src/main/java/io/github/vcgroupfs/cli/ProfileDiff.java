package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroupfs.CgroupFs;
import io.github.vcgroupfs.cgroupfs.DirectoryEntry;
import io.github.vcgroupfs.cgroupfs.OpenFlags;
import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import io.github.vcgroupfs.controllers.ControlFiles;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.memcg.Hierarchy;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How two profiles differ, asked of the profiles themselves: files, modes and fresh contents of a
 * root and a child group that are made for the purpose, then features, and then every constant and
 * rule. Stateless.
 */
final class ProfileDiff {
  private static final int MAX_SHOWN_CHARS = 60;
  private static final String ARROW = " -> ";

  private ProfileDiff() {}

  /** A line for each difference; none if there are none. */
  static List<String> lines(KernelProfile from, KernelProfile to) throws ErrnoException {
    List<String> lines = new ArrayList<>();
    Map<String, String> before = files(from);
    Map<String, String> after = files(to);
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      difference(lines, name, before.get(name), after.get(name));
    }
    sets(lines, "feature", from.features(), to.features());
    rules(lines, "limits", from.limits(), to.limits());
    rules(lines, "files", from.files(), to.files());
    rules(lines, "groups", from.groups(), to.groups());
    rules(lines, "tcp", from.tcp(), to.tcp());
    difference(lines, "integers", from.integers().toString(), to.integers().toString());
    return lines;
  }

  /** A line for each member that only one of the sets has. */
  private static void sets(List<String> lines, String what, Set<?> from, Set<?> to) {
    for (Object member : union(from, to)) {
      difference(
          lines,
          what,
          from.contains(member) ? member.toString() : null,
          to.contains(member) ? member.toString() : null);
    }
  }

  private static SortedSet<Object> union(Iterable<?> one, Iterable<?> other) {
    TreeSet<Object> all = new TreeSet<>();
    one.forEach(all::add);
    other.forEach(all::add);
    return all;
  }

  private static void difference(
      List<String> lines, String what, @Nullable String before, @Nullable String after) {
    if (Objects.equals(before, after)) {
      return;
    }
    if (before == null) {
      lines.add("+ " + what + " " + after);
    } else if (after == null) {
      lines.add("- " + what + " " + before);
    } else {
      lines.add("  " + what + " " + before + ARROW + after);
    }
  }

  /** Every component of a record of rules, by its name. */
  private static void rules(List<String> lines, String group, Record from, Record to) {
    for (RecordComponent component : from.getClass().getRecordComponents()) {
      String name = group + "." + component.getName();
      Object before = value(component, from);
      Object after = value(component, to);
      if (before instanceof Set<?> old && after instanceof Set<?> now) {
        sets(lines, name, old, now);
      } else {
        difference(lines, name, String.valueOf(before), String.valueOf(after));
      }
    }
  }

  private static Object value(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Mode and fresh content by "root NAME" and "child NAME". */
  private static Map<String, String> files(KernelProfile profile) throws ErrnoException {
    Hierarchy tree =
        new Hierarchy(profile, Membership.NOBODY, System::nanoTime, ModelListener.SILENT);
    CgroupFs fs =
        new CgroupFs(
            tree.tree(),
            ControlFiles.of(tree.tree(), Map.of()),
            SizeMode.ZERO,
            Caller.SELF,
            Clock.systemUTC(),
            new Faults(0, ms -> {}));
    fs.mkdir(Caller.SELF, "/child", 0755);
    Map<String, String> files = new TreeMap<>();
    describe(fs, "/", "root ", files);
    describe(fs, "/child/", "child ", files);
    return files;
  }

  private static void describe(CgroupFs fs, String folder, String label, Map<String, String> files)
      throws ErrnoException {
    long handle = fs.opendir(Caller.SELF, folder);
    for (DirectoryEntry entry : fs.readdir(handle)) {
      if (entry.type() == FileType.FILE) {
        String path = folder + entry.name();
        files.put(
            label + entry.name(),
            "%04o \"%s\"".formatted(fs.getattr(Caller.SELF, path).mode(), content(fs, path)));
      }
    }
    fs.releasedir(handle);
  }

  private static String content(CgroupFs fs, String path) throws ErrnoException {
    long handle = fs.open(Caller.SELF, path, new OpenFlags(false, false));
    try {
      byte[] text = fs.read(Caller.SELF, handle, 0, 4096);
      String shown = new String(text, StandardCharsets.ISO_8859_1).strip().replace("\n", "; ");
      return shown.length() <= MAX_SHOWN_CHARS
          ? shown
          : shown.substring(0, MAX_SHOWN_CHARS) + "...";
    } catch (ErrnoException refusal) {
      return refusal.errno().toString();
    } finally {
      fs.release(handle);
    }
  }
}
