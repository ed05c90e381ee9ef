package io.github.vcgroupfs.cpuset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.CoreSetting;
import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.NumberLists;
import io.github.vcgroupfs.kernel.Profiles;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cpuset controller without files, on two processors with one memory node. */
class CpusetTest {
  private static final Caller CALLER = new Caller(0, 0, 1);
  private static final KernelProfile LATEST = Profiles.byId("linux-6.18").orElseThrow();

  private final FakeMembership processes = new FakeMembership();
  private final CpusetController cpuset = new CpusetController(LATEST, Machine.TWO_PROCESSORS);
  private final CgroupTree tree = new CgroupTree(LATEST, List.of(cpuset), processes, Notifier.NONE);

  private Cgroup group(Cgroup parent, String name) throws ErrnoException {
    return tree.mkdir(parent, name);
  }

  private Cgroup group(String name, String cpus, String mems) throws ErrnoException {
    Cgroup group = group(tree.root(), name);
    cpuset.setList(group, Resource.CPUS, cpus);
    cpuset.setList(group, Resource.MEMS, mems);
    return group;
  }

  private static String cpus(Cgroup group) {
    return NumberLists.show(CpusetGroup.of(group).settings().list(Resource.CPUS));
  }

  private static String mems(Cgroup group) {
    return NumberLists.show(CpusetGroup.of(group).settings().list(Resource.MEMS));
  }

  private static void assertRefused(Errno errno, ThrowingCallable change) {
    ErrnoException refusal = catchThrowableOfType(ErrnoException.class, change);
    assertThat(refusal).isNotNull();
    assertThat(refusal.errno()).isEqualTo(errno);
  }

  private void attach(Cgroup group, int pid) throws ErrnoException {
    tree.attach(group, pid, Membership.Scope.PROCESS, CALLER);
  }

  @Test
  void theRootHasTheMachineForItselfAndCannotBeWritten() {
    assertThat(cpus(tree.root())).isEqualTo("0-1");
    assertThat(mems(tree.root())).isEqualTo("0");
    assertThat(CpusetGroup.of(tree.root()).settings().has(CpusetFlag.CPU_EXCLUSIVE)).isTrue();
    assertRefused(Errno.EACCES, () -> cpuset.setList(tree.root(), Resource.CPUS, "no list"));
  }

  @Test
  void aGroupHasAtMostWhatItsParentHas() throws Exception {
    Cgroup a = group("a", "0", "0");
    Cgroup b = group(a, "b");
    assertRefused(Errno.EACCES, () -> cpuset.setList(b, Resource.CPUS, "0-1"));
    cpuset.setList(b, Resource.CPUS, "0");
    assertRefused(Errno.EBUSY, () -> cpuset.setList(a, Resource.CPUS, "1"));
    assertThat(cpus(a)).isEqualTo("0");
    cpuset.setList(a, Resource.CPUS, "0-1");
    assertThat(cpus(a)).isEqualTo("0-1");
  }

  @Test
  void whatTheMachineDoesNotHaveIsInvalid() throws Exception {
    Cgroup a = group(tree.root(), "a");
    assertRefused(Errno.ERANGE, () -> cpuset.setList(a, Resource.CPUS, "2"));
    assertRefused(Errno.EINVAL, () -> cpuset.setList(a, Resource.MEMS, "1023"));
    assertRefused(Errno.ERANGE, () -> cpuset.setList(a, Resource.MEMS, "1024"));
  }

  @Test
  void exclusiveGroupsShareNothing() throws Exception {
    Cgroup a = group("a", "0", "0");
    Cgroup b = group("b", "0-1", "");
    assertRefused(Errno.EINVAL, () -> cpuset.setFlag(a, CpusetFlag.CPU_EXCLUSIVE, true));
    cpuset.setList(b, Resource.CPUS, "1");
    cpuset.setFlag(a, CpusetFlag.CPU_EXCLUSIVE, true);
    assertRefused(Errno.EINVAL, () -> cpuset.setList(b, Resource.CPUS, "0-1"));
    cpuset.setFlag(a, CpusetFlag.MEM_EXCLUSIVE, true);
    assertRefused(Errno.EINVAL, () -> cpuset.setList(b, Resource.MEMS, "0"));
  }

  @Test
  void exclusiveGoesFromTheRootDownwards() throws Exception {
    Cgroup a = group("a", "0", "0");
    Cgroup b = group(a, "b");
    assertRefused(Errno.EACCES, () -> cpuset.setFlag(b, CpusetFlag.CPU_EXCLUSIVE, true));
    cpuset.setFlag(a, CpusetFlag.CPU_EXCLUSIVE, true);
    cpuset.setFlag(b, CpusetFlag.CPU_EXCLUSIVE, true);
    assertRefused(Errno.EBUSY, () -> cpuset.setFlag(a, CpusetFlag.CPU_EXCLUSIVE, false));
    assertRefused(Errno.EBUSY, () -> cpuset.setFlag(tree.root(), CpusetFlag.CPU_EXCLUSIVE, false));
  }

  @Test
  void aProcessNeedsBothLists() throws Exception {
    int pid = processes.start(tree.root());
    Cgroup a = group(tree.root(), "a");
    assertRefused(Errno.ENOSPC, () -> attach(a, pid));
    cpuset.setList(a, Resource.CPUS, "0");
    assertRefused(Errno.ENOSPC, () -> attach(a, pid));
    cpuset.setList(a, Resource.MEMS, "0");
    attach(a, pid);
    assertRefused(Errno.ENOSPC, () -> cpuset.setList(a, Resource.CPUS, ""));
    assertRefused(Errno.ENOSPC, () -> cpuset.setList(a, Resource.MEMS, ""));
    processes.end(pid);
    cpuset.setList(a, Resource.CPUS, "");
    assertThat(cpus(a)).isEmpty();
  }

  @Test
  void aProcessThatIsAboutToComeCountsAsOne() throws Exception {
    Cgroup a = group("a", "0", "0");
    tree.root().lock().run(() -> cpuset.canAttach(a, 7, Membership.Scope.THREAD));
    assertRefused(Errno.ENOSPC, () -> cpuset.setList(a, Resource.CPUS, ""));
    cpuset.cancelAttach(a);
    cpuset.setList(a, Resource.CPUS, "");
  }

  @Test
  void aCloneHasTheListsOfItsParent() throws Exception {
    Cgroup a = group("a", "0", "0");
    cpuset.setFlag(a, CpusetFlag.SPREAD_PAGE, true);
    tree.set(a, CoreSetting.CLONE_CHILDREN, true);
    Cgroup b = group(a, "b");
    assertThat(cpus(b)).isEqualTo("0");
    assertThat(mems(b)).isEqualTo("0");
    assertThat(CpusetGroup.of(b).settings().has(CpusetFlag.SPREAD_PAGE)).isTrue();
    assertThat(CpusetGroup.of(b).settings().has(CpusetFlag.CPU_EXCLUSIVE)).isFalse();
  }

  @Test
  void besideAnExclusiveSiblingNothingIsCloned() throws Exception {
    Cgroup a = group("a", "0-1", "0");
    cpuset.setFlag(a, CpusetFlag.MEM_EXCLUSIVE, true);
    tree.set(a, CoreSetting.CLONE_CHILDREN, true);
    Cgroup b = group(a, "b");
    cpuset.setFlag(b, CpusetFlag.MEM_EXCLUSIVE, true);
    Cgroup c = group(a, "c");
    assertThat(cpus(b)).isEqualTo("0-1");
    assertThat(cpus(c)).isEmpty();
    assertThat(mems(c)).isEmpty();
  }

  /** Seen in 6.18, where fair servers count as deadlines; 6.1 has none. */
  @Test
  void theProcessorsOfAnExclusiveGroupAreKeptForFairServers() throws Exception {
    Cgroup a = group("a", "0", "0");
    cpuset.setFlag(a, CpusetFlag.CPU_EXCLUSIVE, true);
    assertRefused(Errno.EBUSY, () -> cpuset.setList(a, Resource.CPUS, ""));
    cpuset.setFlag(a, CpusetFlag.SCHED_LOAD_BALANCE, false);
    cpuset.setList(a, Resource.CPUS, "");

    KernelProfile older = Profiles.byId("linux-6.1").orElseThrow();
    CpusetController before = new CpusetController(older, Machine.TWO_PROCESSORS);
    CgroupTree other = new CgroupTree(older, List.of(before), processes, Notifier.NONE);
    Cgroup b = other.mkdir(other.root(), "b");
    before.setList(b, Resource.CPUS, "0");
    before.setFlag(b, CpusetFlag.CPU_EXCLUSIVE, true);
    before.setList(b, Resource.CPUS, "");
    assertThat(cpus(b)).isEmpty();
  }

  /** The machine's highest level is 1. Asked: 6.18, and Debian's 6.1 and 5.10. */
  @ParameterizedTest
  @CsvSource({
    "linux-6.18, -2, false",
    "linux-6.18, -1, true",
    "linux-6.18, 2, true",
    "linux-6.18, 3, false",
    "linux-6.1, 3, true",
    "linux-6.1, 4, false",
    "linux-5.10, 2, true",
    "linux-5.10, 3, false",
    "linux-4.19, 0, true",
    "linux-4.19, 1, false",
  })
  void levelsAreThoseOfTheMachine(String profile, long level, boolean taken) throws Exception {
    KernelProfile kernel = Profiles.byId(profile).orElseThrow();
    CpusetController one = new CpusetController(kernel, Machine.TWO_PROCESSORS);
    CgroupTree other = new CgroupTree(kernel, List.of(one), processes, Notifier.NONE);
    if (taken) {
      one.setRelaxLevel(other.root(), level);
      assertThat(CpusetGroup.of(other.root()).relaxLevel()).isEqualTo(level);
    } else {
      assertRefused(Errno.EINVAL, () -> one.setRelaxLevel(other.root(), level));
    }
  }

  @Test
  void aRemovedGroupTakesNothing() throws Exception {
    Cgroup a = group("a", "0", "0");
    tree.rmdir(a);
    assertRefused(Errno.ENODEV, () -> cpuset.setList(a, Resource.CPUS, "1"));
    assertRefused(Errno.ENODEV, () -> cpuset.setFlag(a, CpusetFlag.MEM_HARDWALL, true));
    assertRefused(Errno.ENODEV, () -> cpuset.setRelaxLevel(a, 0));
  }
}
