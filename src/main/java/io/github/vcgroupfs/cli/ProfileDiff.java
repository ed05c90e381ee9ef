package io.github.vcgroupfs.cli;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.cgroupfs.CgroupFs;
import io.github.vcgroupfs.cgroupfs.DirectoryEntry;
import io.github.vcgroupfs.cgroupfs.OpenFlags;
import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import io.github.vcgroupfs.controllers.ControlFiles;
import io.github.vcgroupfs.controllers.ControllerKind;
import io.github.vcgroupfs.controllers.Controllers;
import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.freezer.Stopper;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.rights.Sharing;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How two profiles differ, asked of the profiles themselves: files, modes and fresh contents of a
 * root and a child group that are made for the purpose, then features, and then every constant and
 * rule. A line begins with {@code +} for what came, {@code -} for what went, or says what it was
 * and what it is. Stateless.
 */
final class ProfileDiff {
  private static final int MAX_SHOWN_CHARS = 60;
  private static final String INDENT = "  ";
  private static final String ROOT = "a root group";
  private static final String CHILD = "a new child group";

  /** Names of components and constants, as people write them. */
  private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  private final List<String> lines = new ArrayList<>();

  private ProfileDiff() {}

  /** A heading and a line for each difference; none if there are none. */
  static List<String> lines(KernelProfile from, KernelProfile to) throws ErrnoException {
    ProfileDiff diff = new ProfileDiff();
    Map<String, FreshFile> before = files(from);
    Map<String, FreshFile> after = files(to);
    for (String group : List.of(ROOT, CHILD)) {
      diff.section("files of " + group, () -> diff.files(group, before, after));
    }
    diff.section("features", () -> diff.sets("", from.features(), to.features()));
    diff.section("limits", () -> diff.records("", from.limits(), to.limits()));
    diff.section("files in general", () -> diff.records("", from.files(), to.files()));
    diff.section("groups", () -> diff.records("", from.memory(), to.memory()));
    diff.section("TCP", () -> diff.records("", from.tcp(), to.tcp()));
    diff.section("numbers", () -> diff.values("how they are read", from.integers(), to.integers()));
    return diff.lines;
  }

  private void section(String heading, Runnable body) {
    int before = lines.size();
    body.run();
    if (lines.size() > before) {
      lines.add(before, heading + ":");
    }
  }

  private void came(String what) {
    lines.add(INDENT + "+ " + what);
  }

  private void went(String what) {
    lines.add(INDENT + "- " + what);
  }

  private void changed(String what, String before, String after) {
    lines.add("%s  %s: was %s, is %s".formatted(INDENT, what, before, after));
  }

  private void files(String group, Map<String, FreshFile> before, Map<String, FreshFile> after) {
    TreeSet<String> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    for (String each : all) {
      if (each.startsWith(group)) {
        file(each.substring(group.length() + 1), before.get(each), after.get(each));
      }
    }
  }

  private void file(String name, @Nullable FreshFile before, @Nullable FreshFile after) {
    if (before == null && after != null) {
      came(name + " " + after);
    } else if (before != null && after == null) {
      went(name + " " + before);
    } else if (before != null && after != null) {
      if (before.mode() != after.mode()) {
        changed(name + ", mode", octal(before.mode()), octal(after.mode()));
      }
      if (before.isList() || after.isList()) {
        lists(name, before.lines(), after.lines());
      } else if (!before.lines().equals(after.lines())) {
        changed(name, before.text(), after.text());
      }
    }
  }

  /** Lists of names or lines: what came, what went, and whether the rest has another order. */
  private void lists(String what, List<?> before, List<?> after) {
    List<Object> kept = new ArrayList<>(before);
    kept.retainAll(after);
    List<Object> keptNow = new ArrayList<>(after);
    keptNow.retainAll(before);
    before.stream().filter(each -> !after.contains(each)).forEach(each -> went(what + ": " + each));
    after.stream().filter(each -> !before.contains(each)).forEach(each -> came(what + ": " + each));
    if (!kept.equals(keptNow)) {
      lines.add("%s  %s: in another order".formatted(INDENT, what));
    }
  }

  /** A line for each member that only one of the sets has. */
  private void sets(String what, Set<?> from, Set<?> to) {
    from.stream()
        .filter(each -> !to.contains(each))
        .sorted()
        .forEach(each -> went(what + label(each)));
    to.stream()
        .filter(each -> !from.contains(each))
        .sorted()
        .forEach(each -> came(what + label(each)));
  }

  /** Every component of a record of rules, by its name, and theirs. */
  private void records(String prefix, Record from, Record to) {
    for (RecordComponent component : from.getClass().getRecordComponents()) {
      String name = prefix + words(component.getName());
      Object before = value(component, from);
      Object after = value(component, to);
      if (before instanceof Set<?> old && after instanceof Set<?> now) {
        sets(name + ": ", old, now);
      } else if (before instanceof List<?> old && after instanceof List<?> now) {
        lists(name, old, now);
      } else if (before instanceof Record old && old.getClass() == after.getClass()) {
        records(name + ", ", old, (Record) after);
      } else if (component.getName().endsWith("Mode")) {
        values(name, octal((int) before), octal((int) after));
      } else {
        values(name, before, after);
      }
    }
  }

  private void values(String what, Object before, Object after) {
    if (!before.equals(after)) {
      changed(what, label(before), label(after));
    }
  }

  /** A value for people: constants in small letters, errnos by their names. */
  private static String label(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? "yes" : "no";
    }
    return value instanceof Enum<?> constant && !(value instanceof Errno)
        ? constant.name().toLowerCase(Locale.ROOT).replace('_', ' ')
        : value.toString();
  }

  private static String words(String name) {
    return NEXT_WORD.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT);
  }

  private static String octal(int mode) {
    return "%04o".formatted(mode);
  }

  private static Object value(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * A control file of a group that was just made.
   *
   * @param mode its permissions
   * @param lines its text; an errno if it cannot be read
   */
  private record FreshFile(int mode, List<String> lines) {
    boolean isList() {
      return lines.size() > 1;
    }

    String text() {
      String text = String.join("; ", lines);
      boolean fits = text.length() <= MAX_SHOWN_CHARS;
      return "\"%s\"".formatted(fits ? text : text.substring(0, MAX_SHOWN_CHARS) + "...");
    }

    @Override
    public String toString() {
      return octal(mode) + " " + (isList() ? lines.size() + " lines" : text());
    }
  }

  /** By the group and the name. */
  private static Map<String, FreshFile> files(KernelProfile profile) throws ErrnoException {
    ControllerKind.Surroundings around =
        new ControllerKind.Surroundings(
            profile, () -> 0, ModelListener.SILENT, Machine.TWO_PROCESSORS, Stopper.NOBODY);
    CgroupTree tree = // one hierarchy with all controllers has the files of all
        new HierarchySpec(null, Controllers.of(profile))
            .make(around, Membership.NOBODY, Notifier.NONE);
    CgroupFs fs =
        new CgroupFs(
            tree,
            ControlFiles.of(tree, Map.of()),
            SizeMode.ZERO,
            Sharing.byDefault(Caller.SELF),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
            new Faults(0, ms -> {}));
    fs.mkdir(Caller.SELF, "/child", 0755);
    Map<String, FreshFile> files = new TreeMap<>();
    describe(fs, "/", ROOT, files);
    describe(fs, "/child/", CHILD, files);
    return files;
  }

  private static void describe(
      CgroupFs fs, String folder, String group, Map<String, FreshFile> files)
      throws ErrnoException {
    long handle = fs.opendir(Caller.SELF, folder);
    for (DirectoryEntry entry : fs.readdir(handle)) {
      if (entry.type() == FileType.FILE) {
        String path = folder + entry.name();
        files.put(
            group + " " + entry.name(),
            new FreshFile(fs.getattr(Caller.SELF, path).mode(), content(fs, path)));
      }
    }
    fs.releasedir(handle);
  }

  private static List<String> content(CgroupFs fs, String path) throws ErrnoException {
    long handle = fs.open(Caller.SELF, path, new OpenFlags(false, false));
    try {
      byte[] text = fs.read(Caller.SELF, handle, 0, 4096);
      return new String(text, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (ErrnoException refusal) {
      return List.of(refusal.errno().toString());
    } finally {
      fs.release(handle);
    }
  }
}
