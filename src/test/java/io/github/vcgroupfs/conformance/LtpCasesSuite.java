package io.github.vcgroupfs.conformance;

import static io.github.vcgroupfs.conformance.CgroupAssert.assertThat;
import static io.github.vcgroupfs.kernel.Errno.EBUSY;
import static io.github.vcgroupfs.kernel.Errno.EEXIST;
import static io.github.vcgroupfs.kernel.Errno.EINVAL;
import static io.github.vcgroupfs.kernel.Errno.EIO;
import static io.github.vcgroupfs.kernel.Errno.ENOENT;
import static io.github.vcgroupfs.kernel.Errno.ESRCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.CounterEra;
import io.github.vcgroupfs.kernel.ForceEmptyRule;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.kernel.UseHierarchyRule;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the Linux Test Project asks of a v1 memory hierarchy and a virtual one can answer, each test
 * named after the case that asks it, on strict mounts. Written afresh from what the cases check.
 * Its {@code cgroup_core01}, the opener's credentials, needs two users: {@code ClientNeedsIT}, row
 * 4.
 */
abstract class LtpCasesSuite extends MountedSuite {
  private static final String LIMIT = "memory.limit_in_bytes";
  private static final String MEMSW_LIMIT = "memory.memsw.limit_in_bytes";
  private static final String USE_HIERARCHY = "memory.use_hierarchy";
  private static final String FORCE_EMPTY = "memory.force_empty";
  private static final long PAGE = 4096;
  private static final long MIB = 1 << 20;

  /** One profile of each way the kernels differ here. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"lwn-2011", "linux-3.10", "linux-4.19", "linux-5.10", "linux-6.18"})
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface OnEachKernel {}

  private CgroupMount strict(String profile) {
    return mount(new CgroupMount.Options(profile, true, false));
  }

  private static KernelProfile rules(String profile) {
    return Profiles.byId(profile).orElseThrow();
  }

  private static List<String> lines(Cgroup group, String file) throws Exception {
    return group.read(file).lines().toList();
  }

  // --- cgroup_fj_function memory 1 to 9 --------------------------------------------------------

  @OnEachKernel
  void functionOneATaskIsAttachedAndListed(String profile) throws Exception {
    CgroupMount mount = strict(profile);
    Cgroup group = mount.root().createChild("group");
    String pid = Integer.toString(mount.startProcess());
    assertThat(group).write("tasks", pid).succeeds();
    assertThat(group).file("tasks").reads(pid + "\n");
    assertThat(group).file("cgroup.procs").reads(pid + "\n");
    assertThat(lines(mount.root(), "tasks")).doesNotContain(pid);
    assertThat(mount.root()).write("tasks", pid).succeeds();
    assertThat(group).file("tasks").reads("");
    assertThat(lines(mount.root(), "tasks")).contains(pid);
    mount.endProcess(Integer.parseInt(pid));
    assertThat(group).write("tasks", pid).failsWith(ESRCH);
  }

  @OnEachKernel
  void functionTwoAGroupIsRenamedInItsPlaceWithWhatIsInIt(String profile) throws Exception {
    CgroupMount mount = strict(profile);
    Cgroup root = mount.root();
    Cgroup group = root.createChild("group");
    group.createChild("child");
    int pid = mount.startProcess();
    assertThat(group).write("tasks", Integer.toString(pid)).succeeds();
    assertThat(root).rename("group", "renamed").succeeds();
    assertThat(root).lacks("group").has("renamed");
    assertThat(root.child("renamed")).has("child").file("tasks").reads(pid + "\n");
    assertThat(root).rename("renamed", "group").succeeds();
    assertThat(group).file("tasks").reads(pid + "\n");
  }

  @OnEachKernel
  void functionThreeAGroupIsNotRenamedOntoAnother(String profile) throws Exception {
    Cgroup root = strict(profile).root();
    root.createChild("group");
    root.createChild("other");
    assertThat(root).rename("group", "other").failsWith(EEXIST);
    assertThat(root).rename("nowhere", "group").failsWith(ENOENT);
    assertThat(root).has("group").has("other");
  }

  @OnEachKernel
  void functionFourAGroupIsNotMovedToAnotherParent(String profile) throws Exception {
    CgroupMount mount = strict(profile);
    Cgroup root = mount.root();
    Cgroup group = root.createChild("group");
    Cgroup child = group.createChild("child");
    root.createChild("other");
    int pid = mount.startProcess();
    assertThat(child).write("tasks", Integer.toString(pid)).succeeds();
    assertThat(root).rename("group/child", "child").failsWith(EIO);
    assertThat(root).rename("group/child", "other/child").failsWith(EIO);
    assertThat(root).rename("other", "group/other").failsWith(EIO);
    assertThat(child).file("tasks").reads(pid + "\n");
  }

  @OnEachKernel
  void functionFiveAnEmptyGroupIsRemoved(String profile) throws Exception {
    Cgroup root = strict(profile).root();
    root.createChild("group");
    assertThat(root).rmdir("group").succeeds();
    assertThat(root).lacks("group");
    assertThat(root).rmdir("group").failsWith(ENOENT);
  }

  @OnEachKernel
  void functionSixAGroupWithATaskIsBusyUntilTheTaskIsMovedOutOrEnds(String profile)
      throws Exception {
    CgroupMount mount = strict(profile);
    Cgroup root = mount.root();
    for (boolean ends : new boolean[] {true, false}) {
      Cgroup group = root.createChild("group");
      int pid = mount.startProcess();
      assertThat(group).write("tasks", Integer.toString(pid)).succeeds();
      assertThat(root).rmdir("group").failsWith(EBUSY);
      if (ends) {
        mount.endProcess(pid);
      } else {
        assertThat(root).write("tasks", Integer.toString(pid)).succeeds();
      }
      assertThat(root).rmdir("group").succeeds();
    }
  }

  @OnEachKernel
  void functionSevenAGroupWithAGroupIsBusy(String profile) throws Exception {
    Cgroup root = strict(profile).root();
    Cgroup group = root.createChild("group");
    group.createChild("child");
    assertThat(root).rmdir("group").failsWith(EBUSY);
    assertThat(group).rmdir("child").succeeds();
    assertThat(root).rmdir("group").succeeds();
  }

  @OnEachKernel
  void functionEightATaskMovesBetweenParentAndChild(String profile) throws Exception {
    CgroupMount mount = strict(profile);
    Cgroup parent = mount.root().createChild("parent");
    Cgroup child = parent.createChild("child");
    String pid = Integer.toString(mount.startProcess());
    for (int round = 0; round < 3; round++) {
      assertThat(parent).write("tasks", pid).succeeds();
      assertThat(parent).file("tasks").reads(pid + "\n");
      assertThat(child).file("tasks").reads("");
      assertThat(child).write("tasks", pid).succeeds();
      assertThat(parent).file("tasks").reads("");
      assertThat(child).file("tasks").reads(pid + "\n");
    }
    assertThat(parent).rmdir("child").failsWith(EBUSY);
  }

  @OnEachKernel
  void functionNineATaskIsInOneGroupAtATime(String profile) throws Exception {
    CgroupMount mount = strict(profile);
    Cgroup root = mount.root();
    List<Integer> pids = List.of(mount.startProcess(), mount.startProcess());
    List<Cgroup> groups = List.of(root.createChild("a"), root.createChild("b"));
    for (int pid : pids) {
      for (Cgroup group : groups) {
        assertThat(group).write("cgroup.procs", Integer.toString(pid)).succeeds();
      }
    }
    assertThat(groups.get(0)).file("cgroup.procs").reads("");
    assertThat(lines(groups.get(1), "cgroup.procs"))
        .containsExactlyElementsOf(pids.stream().sorted().map(String::valueOf).toList());
    assertThat(root).rmdir("a").succeeds();
  }

  // --- memcg_limit_in_bytes 9 to 15, memcg_memsw_limit 6 to 12 ---------------------------------

  @OnEachKernel
  void limitsAreRoundedToPages(String profile) throws Exception {
    Cgroup root = strict(profile).root();
    boolean up = rules(profile).era() == CounterEra.RES_COUNTER;
    for (long bytes : new long[] {PAGE - 1, PAGE + 1, 1, 0, 8 * PAGE}) {
      long rounded = (up ? bytes + PAGE - 1 : bytes) / PAGE * PAGE;
      Cgroup group = root.createChild("group");
      assertThat(group).write(LIMIT, Long.toString(bytes)).succeeds();
      assertThat(group).reads(LIMIT, rounded);
      assertThat(group).write(MEMSW_LIMIT, Long.toString(bytes)).succeeds();
      assertThat(group).reads(MEMSW_LIMIT, rounded);
      root.rmdir("group");
    }
  }

  @OnEachKernel
  void limitsAreWholeNumbers(String profile) throws Exception {
    Cgroup group = strict(profile).root().createChild("group");
    assertThat(group).write(LIMIT, "8M").succeeds();
    assertThat(group).write(MEMSW_LIMIT, "8M").succeeds();
    for (String file : List.of(LIMIT, MEMSW_LIMIT)) {
      for (String bad : List.of("1.0", "1xx", "xx", "-2", "1 M")) {
        assertThat(group).write(file, bad).failsWith(EINVAL);
      }
      assertThat(group).reads(file, 8 * MIB);
    }
  }

  @OnEachKernel
  void minusOneIsNoLimit(String profile) throws Exception {
    Cgroup group = strict(profile).root().createChild("group");
    String unlimited = group.read(LIMIT);
    assertThat(group).write(LIMIT, "8M").succeeds();
    assertThat(group).write(MEMSW_LIMIT, "16M").succeeds();
    assertThat(group).write(MEMSW_LIMIT, "-1").succeeds();
    assertThat(group).write(LIMIT, "-1").succeeds();
    assertThat(group).file(LIMIT).reads(unlimited);
    assertThat(group).file(MEMSW_LIMIT).reads(unlimited);
  }

  @OnEachKernel
  void theLimitWithSwapIsNeverBelowTheOneWithout(String profile) throws Exception {
    Cgroup group = strict(profile).root().createChild("group");
    assertThat(group).write(MEMSW_LIMIT, "8M").failsWith(EINVAL); // memory is unlimited
    assertThat(group).write(LIMIT, "8M").succeeds();
    assertThat(group).write(MEMSW_LIMIT, "4M").failsWith(EINVAL);
    assertThat(group).write(MEMSW_LIMIT, "8M").succeeds();
    assertThat(group).write(LIMIT, "16M").failsWith(EINVAL);
    assertThat(group).reads(LIMIT, 8 * MIB).reads(MEMSW_LIMIT, 8 * MIB);
  }

  // --- memcg_force_empty 2 to 6 ----------------------------------------------------------------

  @OnEachKernel
  void forceEmptyTakesAnyTextInAGroupWithoutTasks(String profile) throws Exception {
    Cgroup group = strict(profile).root().createChild("group");
    for (String text : List.of("0", "1", "1.0", "1xx", "xx")) {
      assertThat(group).write(FORCE_EMPTY, text).succeeds();
    }
    assertThat(group).reads("memory.usage_in_bytes", 0);
  }

  @OnEachKernel
  void forceEmptyWithATaskIsBusyWhereItMovesChargesToTheParent(String profile) throws Exception {
    CgroupMount mount = strict(profile);
    Cgroup group = mount.root().createChild("group");
    int pid = mount.startProcess();
    assertThat(group).write("tasks", Integer.toString(pid)).succeeds();
    if (rules(profile).memory().forceEmpty() == ForceEmptyRule.RECLAIMS) {
      assertThat(group).write(FORCE_EMPTY, "1").succeeds();
    } else {
      assertThat(group).write(FORCE_EMPTY, "1").failsWith(EBUSY);
    }
    assertThat(group).file("tasks").reads(pid + "\n");
  }

  // --- memcg_stat 5 to 8, memcg_use_hierarchy 2 to 3 -------------------------------------------

  @OnEachKernel
  void statShowsTheSmallestLimitOfAHierarchy(String profile) throws Exception {
    Cgroup parent = strict(profile).root().createChild("parent");
    assertThat(parent).write(USE_HIERARCHY, "1").succeeds();
    Cgroup child = parent.createChild("child");
    assertThat(child).reads(USE_HIERARCHY, 1);
    assertThat(parent).write(LIMIT, "4M").succeeds();
    assertThat(parent).write(MEMSW_LIMIT, "8M").succeeds();
    assertThat(child).write(LIMIT, "8M").succeeds();
    assertThat(child).write(MEMSW_LIMIT, "16M").succeeds();
    showsLimits(parent, 4 * MIB, 8 * MIB);
    showsLimits(child, 4 * MIB, 8 * MIB);
    assertThat(child).write(LIMIT, "2M").succeeds();
    assertThat(child).write(MEMSW_LIMIT, "3M").succeeds();
    showsLimits(child, 2 * MIB, 3 * MIB);
    showsLimits(parent, 4 * MIB, 8 * MIB);
  }

  @OnEachKernel
  void statShowsTheOwnLimitWithoutAHierarchy(String profile) throws Exception {
    Cgroup parent = strict(profile).root().createChild("parent");
    boolean always = rules(profile).memory().useHierarchy() == UseHierarchyRule.ALWAYS_ON;
    if (always) {
      assertThat(parent).write(USE_HIERARCHY, "0").failsWith(EINVAL);
    }
    Cgroup child = parent.createChild("child");
    assertThat(child).reads(USE_HIERARCHY, always ? 1 : 0);
    assertThat(parent).write(LIMIT, "4M").succeeds();
    assertThat(child).write(LIMIT, "8M").succeeds();
    assertThat(child).write(MEMSW_LIMIT, "8M").succeeds();
    showsLimits(child, always ? 4 * MIB : 8 * MIB, 8 * MIB);
  }

  private static void showsLimits(Cgroup group, long memory, long memsw) {
    assertThat(group)
        .file("memory.stat")
        .contains("\nhierarchical_memory_limit " + memory + "\n")
        .contains("\nhierarchical_memsw_limit " + memsw + "\n");
  }

  @OnEachKernel
  void aHierarchyIsNotBegunAboveChildren(String profile) throws Exception {
    Cgroup parent = strict(profile).root().createChild("parent");
    Cgroup child = parent.createChild("child");
    if (rules(profile).memory().useHierarchy() == UseHierarchyRule.ALWAYS_ON) {
      assertThat(parent).write(USE_HIERARCHY, "1").succeeds();
      return;
    }
    assertThat(parent).write(USE_HIERARCHY, "1").failsWith(EBUSY);
    assertThat(parent).reads(USE_HIERARCHY, 0);
    parent.rmdir("child");
    assertThat(parent).write(USE_HIERARCHY, "1").succeeds();
    assertThat(parent.createChild("child")).reads(USE_HIERARCHY, 1);
    assertThat(child).file("tasks").reads("");
  }

  @OnEachKernel
  void aChildDoesNotLeaveTheHierarchyOfItsParent(String profile) throws Exception {
    Cgroup parent = strict(profile).root().createChild("parent");
    assertThat(parent).write(USE_HIERARCHY, "1").succeeds();
    Cgroup child = parent.createChild("child");
    assertThat(child).write(USE_HIERARCHY, "0").failsWith(EINVAL);
    assertThat(child).reads(USE_HIERARCHY, 1);
    assertThat(parent).write(USE_HIERARCHY, "2").failsWith(EINVAL);
  }

  // --- cgroup_fj_stress ------------------------------------------------------------------------

  @OnEachKernel
  void aTaskWandersThroughATreeOfManyGroups(String profile) throws Exception {
    CgroupMount mount = strict(profile);
    List<Cgroup> all = new ArrayList<>();
    grow(mount.root(), 4, 3, all);
    assertThat(all).hasSize(4 + 16 + 64);
    String pid = Integer.toString(mount.startProcess());
    for (Cgroup group : all) {
      assertThat(group).write("tasks", pid).succeeds();
      assertThat(group).file("tasks").reads(pid + "\n");
    }
    for (Cgroup group : all.subList(0, all.size() - 1)) {
      assertThat(group).file("tasks").reads("");
    }
    assertThat(mount.root()).write("tasks", pid).succeeds();
    fell(mount.root(), 4, 3);
  }

  @OnEachKernel
  void everyGroupOfADeepTreeHasATask(String profile) throws Exception {
    CgroupMount mount = strict(profile);
    List<Cgroup> all = new ArrayList<>();
    grow(mount.root(), 1, 20, all);
    List<Integer> pids = new ArrayList<>();
    for (Cgroup group : all) {
      int pid = mount.startProcess();
      pids.add(pid);
      assertThat(group).write("tasks", Integer.toString(pid)).succeeds();
    }
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i)).file("tasks").reads(pids.get(i) + "\n");
    }
    pids.forEach(mount::endProcess);
    fell(mount.root(), 1, 20);
  }

  private static void grow(Cgroup parent, int width, int depth, List<Cgroup> all) throws Exception {
    for (int i = 0; depth > 0 && i < width; i++) {
      Cgroup child = parent.createChild("s" + i);
      all.add(child);
      grow(child, width, depth - 1, all);
    }
  }

  private static void fell(Cgroup parent, int width, int depth) throws Exception {
    for (int i = 0; depth > 0 && i < width; i++) {
      fell(parent.child("s" + i), width, depth - 1);
      assertThat(parent).rmdir("s" + i).succeeds();
    }
  }
}
