package io.github.vcgroupfs.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.Hierarchy;
import io.github.vcgroupfs.memcg.HierarchyExtension;
import io.github.vcgroupfs.memcg.MemCgroup;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table: what holds for all rows in all profiles, and the checks that wrap every row. */
class ControlFilesTest {
  @RegisterExtension final HierarchyExtension trees = new HierarchyExtension();

  static Stream<KernelProfile> profiles() {
    return Profiles.all().stream().flatMap(strict -> Stream.of(strict, strict.relaxed()));
  }

  static List<ControlFile> rows(Hierarchy tree) {
    Faults faults = new Faults(0, ms -> {});
    return ControlFiles.rows(
        new ControlFiles.Parts(
            target -> "",
            target -> "",
            everythingServed(),
            new EventControlHandler(new Inodes(), index -> null),
            new FaultHandler(faults, () -> new FileTable(tree.profile(), List.of()))));
  }

  /** A stand-in for every file that another package serves. */
  static Map<Served, ServedFile> everythingServed() {
    Map<Served, ServedFile> all = new HashMap<>();
    for (Served which : Served.values()) {
      all.put(
          which,
          new ServedFile() {
            @Override
            public String read(MemCgroup group, Caller caller) {
              return "";
            }

            @Override
            public void write(MemCgroup group, String text) {}
          });
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void namesAreUniqueAmongTheFilesOfADirectory(KernelProfile profile) {
    Hierarchy tree = trees.newHierarchy(profile, new FakeMembership());
    Set<String> names = new HashSet<>();
    for (ControlFile row : rows(tree)) {
      assertThat(names.add(row.fullName())).as("name %s", row.fullName()).isTrue();
      if (row.hasAlias(profile)) {
        assertThat(names.add(row.alias())).as("second name %s", row.alias()).isTrue();
      }
    }
    assertThat(names).noneMatch(name -> name.startsWith("sim.") && name.contains("memory."));
  }

  /** What it does not pass on would be lost: a limit that is not restored, an errno unknown. */
  @Test
  void aDeprecatedFileIsInAllElseTheFileItself() {
    Set<String> own =
        Stream.of(DeprecatedHandler.class.getDeclaredMethods())
            .map(Method::getName)
            .collect(Collectors.toSet());
    assertThat(Handler.class.getDeclaredMethods())
        .extracting(Method::getName)
        .hasSizeGreaterThan(8)
        .allMatch(own::contains);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void permissionBitsFollowFromTheHandlers(KernelProfile profile) {
    for (ControlFile row : rows(trees.newHierarchy(profile, new FakeMembership()))) {
      boolean readable =
          row.handler().readShape() != ReadShape.NONE
              || (row.readBitRequires() != null && profile.has(row.readBitRequires()));
      boolean writable =
          row.handler().writeShape() != WriteShape.NONE
              && (row.writeRequires() == null || profile.has(row.writeRequires()));
      boolean world = row.worldWritable() != null && profile.has(row.worldWritable());
      int wanted =
          row.handler().isFolder()
              ? 0555
              : (readable ? 0444 : 0) | (writable ? world ? 0222 : 0200 : 0);
      assertThat(row.mode(profile)).as("mode of %s", row.fullName()).isEqualTo(wanted);
    }
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void everyRowCitesItsSource(KernelProfile profile) {
    for (ControlFile row : rows(trees.newHierarchy(profile, new FakeMembership()))) {
      assertThat(row.source()).as("source of %s", row.fullName()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void simFilesAreThereWithoutStrictAndOnlyThen(KernelProfile profile) {
    Hierarchy tree = trees.newHierarchy(profile, new FakeMembership());
    FileTable table = new FileTable(profile, rows(tree));
    boolean strict = Profiles.all().contains(profile);
    for (boolean root : new boolean[] {true, false}) {
      assertThat(table.files(root).stream().anyMatch(file -> file.name().startsWith("sim.")))
          .isEqualTo(!strict);
    }
  }

  /** style.md, one wrapper: the check holds for every row. */
  @ParameterizedTest
  @MethodSource("profiles")
  void everyFileOfARemovedGroupIsEnodevButForWhatOutlivesIt(KernelProfile profile)
      throws Exception {
    boolean kernfs = !profile.has(KernelFeature.TEXT_OUTLIVES_GROUP);
    Hierarchy tree = trees.newHierarchy(profile, new FakeMembership());
    MemCgroup group = tree.mkdir(tree.root(), "web");
    List<OpenFile> open = new java.util.ArrayList<>();
    for (VisibleFile file : new FileTable(tree.profile(), rows(tree)).files(false)) {
      open.add(new OpenFile(tree, group, file, new RecordedTexts()));
    }
    tree.rmdir(group);
    for (OpenFile file : open) {
      ReadShape shape = file.file().row().handler().readShape();
      if (kernfs || shape == ReadShape.NONE || shape == ReadShape.NUMBER) {
        assertErrno(Errno.ENODEV, file, () -> file.read(Caller.SELF, 0, 10));
      }
      assertErrno(Errno.ENODEV, file, () -> file.write(Caller.SELF, new byte[] {'0'}));
    }
  }

  /** style.md, one wrapper: the same for reads and writes. */
  @Test
  void everyFileThatCannotBeReadOrWrittenIsEinval() throws Exception {
    Hierarchy tree = trees.newHierarchy();
    MemCgroup group = tree.mkdir(tree.root(), "web");
    int checked = 0;
    for (VisibleFile each : new FileTable(tree.profile(), rows(tree)).files(false)) {
      OpenFile file = new OpenFile(tree, group, each, new RecordedTexts());
      if ((each.mode() & 0444) == 0) {
        assertErrno(Errno.EINVAL, file, () -> file.read(Caller.SELF, 0, 10));
        checked++;
      }
      if ((each.mode() & 0222) == 0) {
        assertErrno(Errno.EINVAL, file, () -> file.write(Caller.SELF, new byte[] {'0'}));
        assertErrno(Errno.EINVAL, file, () -> file.write(Caller.SELF, new byte[200_000]));
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(5);
  }

  /** style.md, one wrapper: every row whose shape has a longest write. */
  @Test
  void everyFileRefusesAWriteThatIsOneByteTooLong() throws Exception {
    Hierarchy tree = trees.newHierarchy();
    MemCgroup group = tree.mkdir(tree.root(), "web");
    for (boolean root : new boolean[] {true, false}) {
      for (VisibleFile each : new FileTable(tree.profile(), rows(tree)).files(root)) {
        int longest =
            switch (each.row().handler().writeShape()) {
              case STRING -> 62;
              case INTEGER -> 63;
              case PATH -> 4095;
              case COMMAND -> 128 << 10;
              case NONE, RESET -> -1;
            };
        if (longest >= 0 && each.writable()) {
          OpenFile file = new OpenFile(tree, root ? tree.root() : group, each, new RecordedTexts());
          byte[] tooLong = new byte[longest + 1];
          java.util.Arrays.fill(tooLong, (byte) ' ');
          assertErrno(Errno.E2BIG, file, () -> file.write(Caller.SELF, tooLong));
        }
      }
    }
  }

  private static void assertErrno(
      Errno errno, OpenFile file, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .as(file.path())
        .isInstanceOfSatisfying(
            ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(errno));
  }
}
