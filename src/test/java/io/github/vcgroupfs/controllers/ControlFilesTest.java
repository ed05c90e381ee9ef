package io.github.vcgroupfs.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroupfs.CgroupFs;
import io.github.vcgroupfs.cgroupfs.OpenFlags;
import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.FileOwner;
import io.github.vcgroupfs.cgroupfs.file.FileTable;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.VisibleFile;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.MemoryTrees;
import io.github.vcgroupfs.rights.Sharing;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table: what holds for all rows in all profiles, and the checks that wrap every row. */
class ControlFilesTest {
  private static final OpenFlags PLAIN = new OpenFlags(false, false);

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  static Stream<KernelProfile> profiles() {
    return Profiles.all().stream().flatMap(strict -> Stream.of(strict, strict.relaxed()));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void namesAreUniqueAmongTheFilesOfADirectory(KernelProfile profile) {
    for (boolean root : new boolean[] {true, false}) {
      Set<String> names = new HashSet<>();
      for (ControlFile row : ControlFiles.all()) {
        if (row.isIn(profile, root)) {
          assertThat(names.add(row.fullName())).as("name %s", row.fullName()).isTrue();
          if (row.hasAlias(profile)) {
            assertThat(names.add(row.alias())).as("second name %s", row.alias()).isTrue();
          }
        }
      }
      assertThat(names).hasSizeGreaterThan(20);
      assertThat(names).noneMatch(name -> name.startsWith("sim.") && name.contains("memory."));
    }
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void permissionBitsFollowFromTheHandlers(KernelProfile profile) {
    for (ControlFile row : ControlFiles.all()) {
      boolean readable =
          row.handler().readShape() != ReadShape.NONE
              || (row.readBitRequires() != null && profile.has(row.readBitRequires()));
      boolean writable =
          row.handler().writeShape() != WriteShape.NONE
              && (row.writeRequires() == null || profile.has(row.writeRequires()));
      boolean world = row.worldWritable() != null && profile.has(row.worldWritable());
      int wanted =
          row.folder() ? 0555 : (readable ? 0444 : 0) | (writable ? world ? 0222 : 0200 : 0);
      assertThat(row.mode(profile)).as("mode of %s", row.fullName()).isEqualTo(wanted);
    }
  }

  @Test
  void everyRowCitesItsSource() {
    for (ControlFile row : ControlFiles.all()) {
      assertThat(row.source()).as("source of %s", row.fullName()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void simFilesAreThereWithoutStrictAndOnlyThen(KernelProfile profile) {
    FileTable table = table(trees.newTree(profile, new FakeMembership()));
    boolean strict = Profiles.all().contains(profile);
    for (boolean root : new boolean[] {true, false}) {
      assertThat(table.files(root).stream().anyMatch(file -> file.name().startsWith("sim.")))
          .isEqualTo(!strict);
    }
  }

  /** A row of a controller has its name in front, and rows of core and of ours have not. */
  @Test
  void aNameBeginsWithThePrefixOfItsOwner() {
    for (ControlFile row : ControlFiles.all()) {
      assertThat(row.fullName()).isEqualTo(row.owner().prefix() + row.name());
      boolean ours = row.owner().equals(FileOwner.OURS);
      assertThat(row.served() != null).as("%s is served", row.fullName()).isEqualTo(ours);
    }
  }

  @Test
  void aFileThatNobodyServesIsLeftOut() {
    FileTable nothing =
        new FileTable(
            Profiles.LWN_2011.relaxed(), ControlFiles.all(), EnumSet.noneOf(Served.class));
    assertThat(nothing.files(true)).isNotEmpty().noneMatch(file -> file.row().served() != null);
    FileTable one =
        new FileTable(
            Profiles.LWN_2011.relaxed(), ControlFiles.all(), EnumSet.of(Served.TCP_FLOWS));
    assertThat(one.files(false)).hasSize(nothing.files(false).size() + 1);
  }

  /** style.md, one wrapper: the check holds for every row. */
  @ParameterizedTest
  @MethodSource("profiles")
  void everyFileOfARemovedGroupIsEnodevButForWhatOutlivesIt(KernelProfile profile)
      throws Exception {
    boolean kernfs = !profile.has(KernelFeature.TEXT_OUTLIVES_GROUP);
    MemoryTree tree = trees.newTree(profile, new FakeMembership());
    CgroupFs fs = newFs(tree);
    fs.mkdir(Caller.SELF, "/web", 0755);
    Set<String> outlive = new TreeSet<>();
    Map<String, Long> open = new TreeMap<>();
    for (VisibleFile file : table(tree).files(false)) {
      open.put(file.name(), fs.open(Caller.SELF, "/web/" + file.name(), PLAIN));
      ReadShape shape = file.row().handler().readShape();
      if (!kernfs && (shape == ReadShape.TEXT || shape == ReadShape.PIDS)) {
        outlive.add(file.name());
      }
    }
    fs.rmdir(Caller.SELF, "/web");
    open.forEach(
        (name, handle) -> {
          if (!outlive.contains(name)) {
            assertErrno(Errno.ENODEV, name, () -> fs.read(Caller.SELF, handle, 0, 10));
          }
          assertErrno(Errno.ENODEV, name, () -> fs.write(Caller.SELF, handle, new byte[] {'0'}));
          fs.release(handle);
        });
    assertThat(open).hasSizeGreaterThan(20);
  }

  /** style.md, one wrapper: the same for reads and writes. */
  @Test
  void everyFileThatCannotBeReadOrWrittenIsEinval() throws Exception {
    MemoryTree tree = trees.newTree();
    CgroupFs fs = newFs(tree);
    fs.mkdir(Caller.SELF, "/web", 0755);
    int checked = 0;
    for (VisibleFile each : table(tree).files(false)) {
      long file = fs.open(Caller.SELF, "/web/" + each.name(), PLAIN);
      if ((each.mode() & 0444) == 0) {
        assertErrno(Errno.EINVAL, each.name(), () -> fs.read(Caller.SELF, file, 0, 10));
        checked++;
      }
      if ((each.mode() & 0222) == 0) {
        assertErrno(Errno.EINVAL, each.name(), () -> fs.write(Caller.SELF, file, new byte[] {'0'}));
        assertErrno(
            Errno.EINVAL, each.name(), () -> fs.write(Caller.SELF, file, new byte[200_000]));
        checked++;
      }
      fs.release(file);
    }
    assertThat(checked).isGreaterThan(5);
  }

  /** style.md, one wrapper: every row whose shape has a longest write. */
  @Test
  void everyFileRefusesAWriteThatIsOneByteTooLong() throws Exception {
    MemoryTree tree = trees.newTree();
    CgroupFs fs = newFs(tree);
    fs.mkdir(Caller.SELF, "/web", 0755);
    int checked = 0;
    for (boolean root : new boolean[] {true, false}) {
      for (VisibleFile each : table(tree).files(root)) {
        int longest =
            switch (each.handler().writeShape()) {
              case STRING, STATE -> 62;
              case RULE -> 255;
              case INTEGER -> 63;
              case PATH -> 4095;
              case COMMAND -> 128 << 10;
              case NONE, LIST, RESET -> -1; // a list: by the machine
            };
        if (longest >= 0 && each.writable()) {
          long file = fs.open(Caller.SELF, (root ? "/" : "/web/") + each.name(), PLAIN);
          byte[] tooLong = new byte[longest + 1];
          Arrays.fill(tooLong, (byte) ' ');
          assertErrno(Errno.E2BIG, each.name(), () -> fs.write(Caller.SELF, file, tooLong));
          fs.release(file);
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(20);
  }

  private CgroupFs newFs(MemoryTree tree) {
    CgroupFs fs =
        new CgroupFs(
            tree.tree(),
            ServedStandIns.of(tree.tree()),
            SizeMode.EXACT,
            Sharing.byDefault(Caller.SELF),
            Clock.systemUTC(),
            new Faults(0, ms -> {}));
    trees.watchHandles(fs::openHandles);
    return fs;
  }

  private static FileTable table(MemoryTree tree) {
    return new FileTable(
        tree.profile(), ControlFiles.of(tree.tree(), Map.of()).rows(), EnumSet.allOf(Served.class));
  }

  private static void assertErrno(
      Errno errno, String file, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .as(file)
        .isInstanceOfSatisfying(
            ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(errno));
  }
}
