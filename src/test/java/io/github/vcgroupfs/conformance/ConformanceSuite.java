package io.github.vcgroupfs.conformance;

import static io.github.vcgroupfs.conformance.CgroupAssert.assertCall;
import static io.github.vcgroupfs.conformance.CgroupAssert.assertThat;
import static io.github.vcgroupfs.kernel.Errno.E2BIG;
import static io.github.vcgroupfs.kernel.Errno.EBUSY;
import static io.github.vcgroupfs.kernel.Errno.EEXIST;
import static io.github.vcgroupfs.kernel.Errno.EINVAL;
import static io.github.vcgroupfs.kernel.Errno.EIO;
import static io.github.vcgroupfs.kernel.Errno.EISDIR;
import static io.github.vcgroupfs.kernel.Errno.ENAMETOOLONG;
import static io.github.vcgroupfs.kernel.Errno.ENODATA;
import static io.github.vcgroupfs.kernel.Errno.ENODEV;
import static io.github.vcgroupfs.kernel.Errno.ENOENT;
import static io.github.vcgroupfs.kernel.Errno.ENOMEM;
import static io.github.vcgroupfs.kernel.Errno.ENOTDIR;
import static io.github.vcgroupfs.kernel.Errno.EOPNOTSUPP;
import static io.github.vcgroupfs.kernel.Errno.EPERM;
import static io.github.vcgroupfs.kernel.Errno.ESRCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.conformance.Cgroup.OpenControlFile;
import io.github.vcgroupfs.conformance.Cgroup.Stat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kernel-facts.md says of files and directories, for lwn-2011. */
abstract class ConformanceSuite extends MountedSuite {
  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final String LIMIT = "memory.limit_in_bytes";
  private static final String MEMSW_LIMIT = "memory.memsw.limit_in_bytes";
  private static final String SOFT_LIMIT = "memory.soft_limit_in_bytes";
  private static final String USAGE = "memory.usage_in_bytes";
  private static final String MAX_USAGE = "memory.max_usage_in_bytes";
  private static final String KMEM_USAGE = "memory.kmem.usage_in_bytes";
  private static final String TCP_LIMIT = "kmem.tcp.limit_in_bytes";
  private static final String USE_HIERARCHY = "memory.use_hierarchy";
  private static final List<String> LIMITS =
      List.of(LIMIT, MEMSW_LIMIT, SOFT_LIMIT, "memory.kmem.limit_in_bytes", TCP_LIMIT);
  private static final List<String> FLAGS =
      List.of(
          "notify_on_release",
          "cgroup.clone_children",
          USE_HIERARCHY,
          "memory.swappiness",
          "memory.move_charge_at_immigrate",
          "memory.oom_control",
          "memory.independent_kmem_limit");

  // --- Directories: kernel-facts.md, directories ---------------------------------------------

  @Test
  void mkdirCreatesAllControlFilesAtOnceAndRmdirTakesThemAway() throws Exception {
    Cgroup root = root();
    assertThat(root).lacks("web");
    Cgroup web = root.createChild("web");
    assertThat(root).has("web");
    assertThat(web).has("tasks").has("cgroup.procs").has(LIMIT).has("memory.stat");
    assertThat(web).lacks("release_agent");
    assertThat(root).has("release_agent");
    root.rmdir("web");
    assertThat(root).lacks("web");
    assertThat(web).file("tasks").readFailsWith(ENOENT);
  }

  @Test
  void mkdirOfANameThatIsTakenIsEexist() throws Exception {
    Cgroup root = root();
    root.createChild("web");
    assertThat(root).mkdir("web").failsWith(EEXIST);
    assertThat(root).mkdir("tasks").failsWith(EEXIST);
    assertThat(root).mkdir(LIMIT).failsWith(EEXIST);
    assertThat(root).mkdir("kmem.tcp.failcnt").failsWith(EEXIST);
    assertThat(root.child("web")).mkdir("memory.stat").failsWith(EEXIST);
    // a name that no file of this directory has
    assertThat(root.child("web")).mkdir("release_agent").succeeds();
  }

  @Test
  void mkdirNeedsItsParent() throws Exception {
    Cgroup root = root();
    assertThat(root).mkdir("a/b").failsWith(ENOENT);
    root.createChild("a");
    assertThat(root).mkdir("a/b").succeeds();
    assertThat(root.child("a")).has("b");
  }

  @Test
  void namesHave255BytesAtMost() throws Exception {
    Cgroup root = root();
    assertThat(root).mkdir("n".repeat(255)).succeeds();
    assertThat(root).has("n".repeat(255));
    assertThat(root).mkdir("n".repeat(256)).failsWith(ENAMETOOLONG);
  }

  @Test
  void anyOtherNameWillDo() throws Exception {
    Cgroup root = root();
    List<String> names =
        List.of("a b", "new\nline", "...", "-rf", "q'\"", "\u00c3\u00a4", "*", "memory", ".x");
    for (String name : names) {
      Cgroup group = root.createChild(name);
      assertThat(group).reads(USAGE, 0);
      assertThat(root).has(name);
    }
    for (String name : names) {
      assertThat(root).rmdir(name).succeeds();
    }
  }

  @Test
  void rmdirIsRefusedWithChildrenWithProcessesAndOnFiles() throws Exception {
    CgroupMount mount = mount(CgroupMount.Options.DEFAULT);
    Cgroup root = mount.root();
    Cgroup web = root.createChild("web");
    web.createChild("child");
    assertThat(root).rmdir("web").failsWith(EBUSY);
    web.rmdir("child");
    int pid = mount.startProcess();
    assertThat(web).write("cgroup.procs", Integer.toString(pid)).succeeds();
    assertThat(root).rmdir("web").failsWith(EBUSY);
    mount.endProcess(pid);
    assertThat(root).rmdir("tasks").failsWith(ENOTDIR);
    assertThat(root).rmdir("nowhere").failsWith(ENOENT);
    assertThat(root).rmdir("web").succeeds();
    assertThat(root).rmdir("web").failsWith(ENOENT);
  }

  @Test
  void renameGivesAGroupAnotherNameAndNothingElse() throws Exception {
    Cgroup root = root();
    Cgroup web = root.createChild("web");
    assertThat(web).write(USAGE, "8K").succeeds();
    assertThat(web).write(TCP_LIMIT, "1M").succeeds();
    web.createChild("child");
    Stat before = root.stat("web");
    assertThat(root).rename("web", "www").succeeds();
    assertThat(root).lacks("web").has("www");
    Cgroup www = root.child("www");
    assertThat(www).hasUsage(8192).reads(TCP_LIMIT, 1 << 20).has("child");
    assertThat(root.stat("www")).isEqualTo(before);
    assertThat(root.createChild("web")).hasUsage(0);
  }

  @Test
  void renameRules() throws Exception {
    Cgroup root = root();
    root.createChild("a").createChild("inner");
    root.createChild("b");
    assertThat(root).rename("a", "b").failsWith(EEXIST);
    assertThat(root).rename("a", "tasks").failsWith(ENOTDIR);
    assertThat(root).rename("tasks", "jobs").failsWith(ENOTDIR);
    assertThat(root).rename("a/inner", "b/inner").failsWith(EIO);
    assertThat(root).rename("a/inner", "inner").failsWith(EIO);
    assertThat(root).rename("nowhere", "c").failsWith(ENOENT);
    assertThat(root).rename("a", "a").succeeds();
    assertThat(root).rename("a", "n".repeat(256)).failsWith(ENAMETOOLONG);
    assertThat(root).has("a").has("b").has("tasks");
    assertThat(root.child("a")).has("inner");
  }

  @Test
  void controlFilesCannotBeRemoved() throws Exception {
    Cgroup web = root().createChild("web");
    assertCall(() -> web.unlink("tasks")).failsWith(EPERM);
    assertThat(web).has("tasks");
  }

  // --- Attributes: kernel-facts.md, attributes -----------------------------------------------

  @Test
  void modesOwnersAndLinks() throws Exception {
    Cgroup root = root();
    Stat top = root.stat(".");
    assertThat(top.directory()).isTrue();
    assertThat(top.mode()).isEqualTo(0755);
    assertThat(top.nlink()).isEqualTo(2);
    root.mkdir("open", 0777);
    root.mkdir("shut", 0700);
    assertThat(root.stat("open").mode() & 0700).isEqualTo(0700);
    assertThat(root.stat("shut").mode()).isEqualTo(0700);
    assertThat(root.stat(".").nlink()).as("2 + child groups").isEqualTo(4);
    root.child("open").mkdir("deeper", 0755);
    assertThat(root.stat(".").nlink()).isEqualTo(4);
    assertThat(root.stat("open").nlink()).isEqualTo(3);
    root.child("open").rmdir("deeper");
    assertThat(root.stat("open").nlink()).isEqualTo(2);
    Stat file = root.stat("tasks");
    assertThat(file.directory()).isFalse();
    assertThat(file.nlink()).isEqualTo(1);
    assertThat(file.uid()).isEqualTo(top.uid());
    assertThat(root.child("open")).file("tasks").hasMode(0644);
    assertThat(root.child("shut")).file("tasks").hasMode(0644);
    assertThat(root.child("shut")).file("memory.force_empty").hasMode(0200);
    assertThat(root.child("shut")).file("memory.stat").hasMode(0444);
    assertThat(root.child("shut")).file("cgroup.event_control").hasMode(0222);
  }

  @Test
  void sizesAreExactSoThatBusyboxCatWorks() throws Exception {
    Cgroup web = root().createChild("web");
    assertThat(web.stat(".").sizeBytes()).isZero();
    for (String name : web.list()) {
      boolean writeOnly = (web.stat(name).mode() & 0444) == 0;
      long length = writeOnly ? 0 : web.read(name).length();
      assertThat(web.stat(name).sizeBytes()).as("st_size of %s", name).isEqualTo(length);
    }
    assertThat(web).write(LIMIT, "4096").succeeds();
    assertThat(web.stat(LIMIT).sizeBytes()).isEqualTo(5);
  }

  @Test
  void sizesAreZeroWithStrictAsInTheKernel() throws Exception {
    Cgroup web = mount(CgroupMount.Options.STRICT).root().createChild("web");
    for (String name : web.list()) {
      assertThat(web.stat(name).sizeBytes()).as("st_size of %s", name).isZero();
    }
    assertThat(web).reads(LIMIT, UNLIMITED);
  }

  @Test
  void chmodChownAndTimesAreKept() throws Exception {
    Cgroup root = root();
    Cgroup web = root.createChild("web");
    for (String name : List.of(".", "tasks", TCP_LIMIT)) {
      web.chmod(name, 0640);
      web.chown(name, 1000, 1001);
      web.chown(name, -1, 1002);
      web.setTimes(name, 1_000_000_007L, 2_000_000_009L);
      Stat stat = web.stat(name);
      assertThat(stat.mode()).as("mode of %s", name).isEqualTo(0640);
      assertThat(stat.uid()).isEqualTo(1000);
      assertThat(stat.gid()).isEqualTo(1002);
      assertThat(stat.atimeNs()).isEqualTo(1_000_000_007L);
      assertThat(stat.mtimeNs()).isEqualTo(2_000_000_009L);
    }
    assertThat(web.stat(LIMIT).mode()).as("a file nobody changed").isEqualTo(0644);
    assertThat(web.stat("memory." + TCP_LIMIT).mode()).as("the other name").isEqualTo(0644);
    root.rmdir("web");
    Stat again = root.createChild("web").stat("tasks");
    assertThat(again.mode()).as("a new group is new").isEqualTo(0644);
    assertThat(again.uid()).isNotEqualTo(1000);
  }

  @Test
  void aDirectorysTimesDoNotChangeWhenChildrenCome() throws Exception {
    Cgroup root = root();
    Cgroup web = root.createChild("web");
    long born = web.stat(".").mtimeNs();
    web.createChild("child");
    assertThat(web).write(LIMIT, "1M").succeeds();
    assertThat(web.stat(".").mtimeNs()).isEqualTo(born);
  }

  @Test
  void extendedAttributesAreKept() throws Exception {
    Cgroup web = root().createChild("web");
    byte[] value = {0, 1, (byte) 0xff};
    for (String name : List.of(".", "tasks")) {
      assertThat(web.listXattr(name)).isEmpty();
      assertCall(() -> web.getXattr(name, "user.a")).failsWith(ENODATA);
      web.setXattr(name, "user.a", value);
      web.setXattr(name, "user.b", new byte[0]);
      assertThat(web.getXattr(name, "user.a")).isEqualTo(value);
      assertThat(web.getXattr(name, "user.b")).isEmpty();
      assertThat(web.listXattr(name)).containsExactlyInAnyOrder("user.a", "user.b");
      web.setXattr(name, "user.a", new byte[] {7});
      assertThat(web.getXattr(name, "user.a")).containsExactly(7);
      web.removeXattr(name, "user.a");
      assertCall(() -> web.removeXattr(name, "user.a")).failsWith(ENODATA);
      assertThat(web.listXattr(name)).containsExactly("user.b");
    }
  }

  @Test
  void extendedAttributesAreUnknownToThatKernel() throws Exception {
    Cgroup web = mount(CgroupMount.Options.STRICT).root().createChild("web");
    assertCall(() -> web.setXattr(".", "user.a", new byte[1])).failsWith(EOPNOTSUPP);
    assertCall(() -> web.getXattr(".", "user.a")).failsWith(EOPNOTSUPP);
    assertThat(web.listXattr(".")).isEmpty();
  }

  @Test
  void inodeNumbersAreUniqueAndNeverGivenAgain() throws Exception {
    Cgroup root = root();
    Set<Long> seen = new HashSet<>();
    int count = 0;
    for (int round = 0; round < 3; round++) {
      for (String name : List.of("a", "b")) {
        Cgroup group = root.createChild(name);
        for (String file : group.list()) {
          seen.add(group.stat(file).ino());
          count++;
        }
        seen.add(root.stat(name).ino());
        count++;
      }
      root.rmdir("a");
      root.rmdir("b");
    }
    for (String name : root.list()) {
      seen.add(root.stat(name).ino());
      count++;
    }
    assertThat(seen).hasSize(count);
  }

  // --- Transport: kernel-facts.md, reads and writes ------------------------------------------

  @Test
  void aNumberIsComputedAtEveryRead() throws Exception {
    Cgroup web = root().createChild("web");
    try (OpenControlFile usage = web.open(USAGE)) {
      assertThat(usage.read(0, 100)).isEqualTo("0\n");
      web.write(USAGE, "1M");
      assertThat(usage.read(1, 100)).as("the slice of the text of now").isEqualTo("048576\n");
      assertThat(usage.read(0, 3)).isEqualTo("104");
      web.write(USAGE, "2M");
      assertThat(usage.read(3, 100)).isEqualTo("7152\n");
      assertThat(usage.read(8, 100)).isEmpty();
      assertThat(usage.read(1000, 100)).isEmpty();
    }
  }

  @Test
  void textIsOneSnapshotUntilItIsReadFromTheStartAgain() throws Exception {
    Cgroup web = root().createChild("web");
    try (OpenControlFile stat = web.open("memory.stat")) {
      String first = stat.read(0, 10);
      assertThat(first).isEqualTo("cache 0\nrs");
      web.write(USAGE, "1M");
      assertThat(stat.read(10, 4)).as("goes on in the old text").isEqualTo("s 0\n");
      assertThat(stat.read(0, 20)).isEqualTo("cache 0\nrss 1048576\n");
    }
  }

  @Test
  void theListOfProcessesIsTakenDownAtOpen() throws Exception {
    CgroupMount mount = mount(CgroupMount.Options.DEFAULT);
    Cgroup web = mount.root().createChild("web");
    int first = mount.startProcess();
    int second = mount.startProcess();
    assertThat(web).write("cgroup.procs", first + "\n").succeeds();
    try (OpenControlFile procs = web.open("cgroup.procs")) {
      assertThat(web).write("cgroup.procs", second + "\n").succeeds();
      assertThat(procs.read(0, 100)).isEqualTo(first + "\n");
      assertThat(procs.read(0, 100)).isEqualTo(first + "\n");
    }
    int low = Math.min(first, second);
    int high = Math.max(first, second);
    assertThat(web).file("cgroup.procs").reads(low + "\n" + high + "\n");
    assertThat(web).file("tasks").contains(Integer.toString(first));
    mount.endProcess(first);
    mount.endProcess(second);
    assertThat(web).file("cgroup.procs").reads("");
  }

  @Test
  void aStringFileTakes62BytesAtMost() throws Exception {
    Cgroup web = root().createChild("web");
    for (String file : LIMITS) {
      String most = "4096" + " ".repeat(58);
      assertThat(web).write(file, "-1").succeeds();
      assertThat(web).write(file, most + " ").failsWith(E2BIG);
      assertThat(web).reads(file, UNLIMITED);
    }
    assertThat(web).write(LIMIT, "4096" + " ".repeat(58)).succeeds();
    assertThat(web).reads(LIMIT, 4096);
    assertThat(web).write("cgroup.event_control", "1 2 " + "x".repeat(59)).failsWith(E2BIG);
  }

  @Test
  void anIntegerFileTakes63BytesAtMost() throws Exception {
    Cgroup web = root().createChild("web");
    for (String file : FLAGS) {
      assertThat(web).write(file, "0".repeat(63)).succeeds();
      assertThat(web).write(file, "0".repeat(64)).failsWith(E2BIG);
    }
    for (String file : List.of("tasks", "cgroup.procs")) {
      assertThat(web).write(file, " ".repeat(64)).failsWith(E2BIG);
      assertThat(web).write(file, "9".repeat(3) + "x").failsWith(EINVAL);
    }
  }

  @Test
  void aResetFileTakesAnythingOfAnyLength() throws Exception {
    Cgroup web = root().createChild("web");
    for (String file :
        List.of(
            "memory.failcnt",
            MAX_USAGE,
            "kmem.tcp.failcnt",
            "kmem.tcp.max_usage_in_bytes",
            "memory.memsw.failcnt",
            "memory.memsw.max_usage_in_bytes",
            "memory.force_empty")) {
      assertThat(web).write(file, "x").succeeds();
      assertThat(web).write(file, "y".repeat(8000)).succeeds();
      assertThat(web).write(file, "\0").succeeds();
    }
  }

  @Test
  void releaseAgentTakes4095BytesAtMostAndIsTrimmed() throws Exception {
    Cgroup root = root();
    assertThat(root).file("release_agent").reads("\n");
    assertThat(root).write("release_agent", " /sbin/agent \n").succeeds();
    assertThat(root).file("release_agent").reads("/sbin/agent\n");
    assertThat(root).write("release_agent", "a".repeat(4095)).succeeds();
    assertThat(root).write("release_agent", "a".repeat(4096)).failsWith(E2BIG);
    assertThat(root).file("release_agent").reads("a".repeat(4095) + "\n");
  }

  @Test
  void oneWriteIsOneCommandWhereverItIsWritten() throws Exception {
    Cgroup web = root().createChild("web");
    try (OpenControlFile limit = web.open(LIMIT)) {
      assertThat(limit.write(" 4096\n")).as("all the bytes").isEqualTo(6);
      assertThat(limit.read(0, 100)).isEqualTo("4096\n");
      assertThat(limit.write("1")).isEqualTo(1);
      assertThat(limit.write("2288")).as("two writes, two commands").isEqualTo(4);
      assertThat(limit.read(0, 100)).isEqualTo("4096\n");
      assertThat(limit.write("8192\0garbage")).as("a NUL ends the text").isEqualTo(12);
      assertThat(limit.read(0, 100)).isEqualTo("8192\n");
      assertThat(limit.write("\0anything")).isEqualTo(9);
      assertThat(limit.read(0, 100)).isEqualTo("0\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", " ", "\t", " \t\r\n\u000b\f "})
  void blanksAloneAreZero(String blanks) throws Exception {
    Cgroup web = root().createChild("web");
    for (String file : List.of(SOFT_LIMIT, TCP_LIMIT, LIMIT)) {
      assertThat(web).write(file, blanks).succeeds();
      assertThat(web).reads(file, 0);
    }
    assertThat(web).write("notify_on_release", "1").succeeds();
    assertThat(web).write("notify_on_release", blanks).succeeds();
    assertThat(web).reads("notify_on_release", 0);
  }

  @Test
  void limitsReadBackRoundedUpAsTheEraDoes() throws Exception {
    Cgroup web = root().createChild("web");
    for (String file : LIMITS) {
      assertThat(web).write(file, "-1").succeeds();
    }
    for (String file : List.of(MEMSW_LIMIT, LIMIT, SOFT_LIMIT, "memory.kmem.limit_in_bytes")) {
      assertThat(web).write(file, "9223372036854775807").succeeds();
      assertThat(web).file(file).reads("9223372036854775808\n");
    }
    assertThat(web).write(LIMIT, "-1").succeeds();
    assertThat(web).write(LIMIT, "9223372036854775807").succeeds();
    assertThat(web).write(TCP_LIMIT, "9223372036854775807").succeeds();
    assertThat(web).reads(TCP_LIMIT, UNLIMITED);
    for (String file : List.of(LIMIT, SOFT_LIMIT, TCP_LIMIT)) {
      assertThat(web).write(file, "4097").succeeds();
      assertThat(web).reads(file, 8192);
      assertThat(web).write(file, "0x1000").succeeds();
      assertThat(web).reads(file, 4096);
      for (String bad : List.of("1T", "max", "4 k", "-2", "1e3")) {
        assertThat(web).write(file, bad).failsWith(EINVAL);
      }
      assertThat(web).reads(file, 4096);
    }
  }

  @Test
  void writingBackWhatWasReadSucceedsOnAFreshGroupIfMemswComesFirst() throws Exception {
    Cgroup web = root().createChild("web");
    assertThat(web).write(LIMIT, web.read(LIMIT)).failsWith(EINVAL); // rounded up, above memsw's
    assertThat(web).write(MEMSW_LIMIT, web.read(MEMSW_LIMIT)).succeeds();
    for (String file : LIMITS) {
      assertThat(web).write(file, web.read(file)).succeeds();
    }
  }

  @Test
  void aWriteOnlyFileCannotBeReadAndAReadOnlyFileCannotBeWritten() throws Exception {
    Cgroup web = root().createChild("web");
    assertThat(web).file("memory.force_empty").readFailsWith(EINVAL);
    assertThat(web).file("cgroup.event_control").readFailsWith(EINVAL);
    for (String file :
        List.of("memory.stat", "memory.numa_stat", "kmem.tcp.usage_in_bytes", "sim.why")) {
      assertThat(web).write(file, "0").failsWith(EINVAL);
      assertThat(web).write(file, "0".repeat(5000)).failsWith(EINVAL);
    }
  }

  /** {@code cgroup_file_read}, {@code cgroup_file_write}; the list of tasks was made at open. */
  @Test
  void anOpenFileOfARemovedGroupIsEnodev() throws Exception {
    Cgroup root = root();
    Cgroup web = root.createChild("web");
    try (OpenControlFile limit = web.open(LIMIT);
        OpenControlFile force = web.open("memory.force_empty");
        OpenControlFile tasks = web.open("tasks")) {
      assertThat(limit.read(0, 100)).isNotEmpty();
      root.rmdir("web");
      assertCall(() -> limit.read(0, 100)).failsWith(ENODEV);
      assertCall(() -> limit.write("4096")).failsWith(ENODEV);
      assertCall(() -> limit.write("nonsense")).failsWith(ENODEV);
      assertCall(() -> force.write("0")).failsWith(ENODEV);
      assertThat(tasks.read(0, 100)).isEmpty();
      assertCall(() -> tasks.write("0")).failsWith(ENODEV);
      Cgroup again = root.createChild("web");
      assertCall(() -> limit.write("4096")).failsWith(ENODEV);
      assertThat(again).reads(LIMIT, UNLIMITED);
    }
  }

  @Test
  void directoriesAreNoFiles() throws Exception {
    Cgroup root = root();
    root.createChild("web");
    assertCall(() -> root.read("web")).failsWith(EISDIR);
    assertCall(() -> root.read("nothing")).failsWith(ENOENT);
  }

  // --- Single files: kernel-facts.md, writes file by file ------------------------------------

  @Test
  void flagsStoreOneForEveryNonZeroValueAndAreInheritedWhereTheKernelDoes() throws Exception {
    Cgroup root = root();
    Cgroup parent = root.createChild("parent");
    assertThat(parent).write("notify_on_release", "7").succeeds();
    assertThat(parent).reads("notify_on_release", 1);
    assertThat(parent).write("cgroup.clone_children", "0x10").succeeds();
    assertThat(parent).reads("cgroup.clone_children", 1);
    assertThat(parent).write("memory.swappiness", "30").succeeds();
    assertThat(parent).write("memory.move_charge_at_immigrate", "3").succeeds();
    Cgroup child = parent.createChild("child");
    assertThat(child).reads("notify_on_release", 1).reads("cgroup.clone_children", 1);
    assertThat(child).reads("memory.swappiness", 30);
    assertThat(child).reads("memory.move_charge_at_immigrate", 0);
    assertThat(parent).write("notify_on_release", "0").succeeds();
    assertThat(child).reads("notify_on_release", 1);
    for (String file : List.of("notify_on_release", "memory.swappiness")) {
      for (String bad : List.of("-1", "x", "1 1", "08", "+1")) {
        assertThat(child).write(file, bad).failsWith(EINVAL);
      }
    }
  }

  @Test
  void swappinessIs0To100AndOnlyAtTheTopOfATree() throws Exception {
    Cgroup root = root();
    assertThat(root).reads("memory.swappiness", 60);
    assertThat(root).write("memory.swappiness", "50").failsWith(EINVAL);
    Cgroup web = root.createChild("web");
    assertThat(web).reads("memory.swappiness", 60);
    assertThat(web).write("memory.swappiness", "100").succeeds();
    assertThat(web).write("memory.swappiness", "101").failsWith(EINVAL);
    assertThat(web).write("memory.swappiness", "18446744073709551615").failsWith(EINVAL);
    assertThat(web).reads("memory.swappiness", 100);
    assertThat(web).write(USE_HIERARCHY, "1").succeeds();
    assertThat(web).write("memory.swappiness", "20").succeeds();
    Cgroup child = web.createChild("child");
    assertThat(web).write("memory.swappiness", "30").failsWith(EINVAL);
    assertThat(child).write("memory.swappiness", "30").failsWith(EINVAL);
    assertThat(child).reads("memory.swappiness", 20);
  }

  @Test
  void oomControlTakes0Or1AndOnlyAtTheTopOfATree() throws Exception {
    Cgroup root = root();
    assertThat(root).write("memory.oom_control", "1").failsWith(EINVAL);
    Cgroup web = root.createChild("web");
    assertThat(web).file("memory.oom_control").reads("oom_kill_disable 0\nunder_oom 0\n");
    assertThat(web).write("memory.oom_control", "1").succeeds();
    assertThat(web).file("memory.oom_control").reads("oom_kill_disable 1\nunder_oom 0\n");
    assertThat(web).write("memory.oom_control", "2").failsWith(EINVAL);
    assertThat(web).write(USE_HIERARCHY, "1").succeeds();
    Cgroup child = web.createChild("child");
    assertThat(child).write("memory.oom_control", "0").failsWith(EINVAL);
    assertThat(web).write("memory.oom_control", "0").failsWith(EINVAL);
  }

  @Test
  void moveChargeIsAMaskOfTwoBits() throws Exception {
    Cgroup web = root().createChild("web");
    for (String good : List.of("0", "1", "2", "3")) {
      assertThat(web).write("memory.move_charge_at_immigrate", good).succeeds();
      assertThat(web).file("memory.move_charge_at_immigrate").reads(good + "\n");
    }
    for (String bad : List.of("4", "8", "18446744073709551615")) {
      assertThat(web).write("memory.move_charge_at_immigrate", bad).failsWith(EINVAL);
    }
  }

  @Test
  void theMemoryLimitIsNeverAboveTheMemswLimit() throws Exception {
    Cgroup web = root().createChild("web");
    assertThat(web).write(MEMSW_LIMIT, "2M").failsWith(EINVAL); // below an unlimited memory limit
    assertThat(web).write(LIMIT, "1M").succeeds();
    assertThat(web).write(MEMSW_LIMIT, "2M").succeeds();
    assertThat(web).write(LIMIT, "2M").succeeds();
    assertThat(web).write(LIMIT, "3M").failsWith(EINVAL);
    assertThat(web).write(LIMIT, "-1").failsWith(EINVAL);
    assertThat(web).write(MEMSW_LIMIT, "1M").failsWith(EINVAL);
    assertThat(web).reads(LIMIT, 2 << 20).reads(MEMSW_LIMIT, 2 << 20);
    assertThat(web).write(MEMSW_LIMIT, "-1").succeeds();
    assertThat(web).write(LIMIT, "-1").succeeds();
  }

  @Test
  void aLimitBelowUsageIsEbusyAndEqualityIsFine() throws Exception {
    Cgroup web = root().createChild("web");
    assertThat(web).write(USAGE, "64K").succeeds();
    assertThat(web).write(LIMIT, "61440").failsWith(EBUSY);
    assertThat(web).reads(LIMIT, UNLIMITED).hasFailcnt(0);
    assertThat(web).write(LIMIT, "65535").succeeds(); // rounded up: equal
    assertThat(web).reads(LIMIT, 65536);
    assertThat(web).write(SOFT_LIMIT, "0").succeeds();
    assertThat(web).reads(SOFT_LIMIT, 0);
  }

  @Test
  void maxUsageResetsToTheUsageOfNowAndFailcntToZero() throws Exception {
    Cgroup web = root().createChild("web");
    assertThat(web).write(USAGE, "64K").succeeds();
    assertThat(web).write(USAGE, "16K").succeeds();
    assertThat(web).reads(MAX_USAGE, 65536).reads("memory.memsw.max_usage_in_bytes", 65536);
    assertThat(web).write(MAX_USAGE, "0").succeeds();
    assertThat(web).reads(MAX_USAGE, 16384);
    assertThat(web).reads("memory.memsw.max_usage_in_bytes", 65536);
    assertThat(web).write("memory.memsw.max_usage_in_bytes", "0").succeeds();
    assertThat(web).reads("memory.memsw.max_usage_in_bytes", 16384);
    assertThat(web).write(LIMIT, "16K").succeeds();
    for (int i = 1; i <= 3; i++) {
      assertThat(web).write(USAGE, "20K").failsWith(ENOMEM);
      assertThat(web).hasFailcnt(i);
    }
    assertThat(web).write("memory.failcnt", "whatever").succeeds();
    assertThat(web).hasFailcnt(0).reads("memory.memsw.failcnt", 0).reads("kmem.tcp.failcnt", 0);
  }

  @Test
  void injectedMemoryIsChargedToEveryLevelOfAHierarchy() throws Exception {
    Cgroup root = root();
    Cgroup top = root.createChild("top");
    assertThat(top).write(USE_HIERARCHY, "1").succeeds();
    Cgroup middle = top.createChild("middle");
    Cgroup leaf = middle.createChild("leaf");
    assertThat(leaf).write(USAGE, "16K").succeeds();
    assertThat(middle).write(USAGE, "20K").succeeds();
    assertThat(top).hasUsage(20480).reads(MAX_USAGE, 20480);
    assertThat(middle).write(LIMIT, "24K").succeeds();
    assertThat(leaf).file("memory.stat").contains("\nhierarchical_memory_limit 24576\n");
    assertThat(leaf).write(USAGE, "24K").failsWith(ENOMEM);
    assertThat(middle).hasFailcnt(1).hasUsage(20480).reads(MAX_USAGE, 20480);
    assertThat(leaf).hasFailcnt(0).hasUsage(16384);
    assertThat(top).hasFailcnt(0).hasUsage(20480).reads(MAX_USAGE, 20480);
    assertThat(leaf).write(USAGE, "0").succeeds();
    assertThat(top).hasUsage(4096);
  }

  @Test
  void withoutUseHierarchyTheParentDoesNotCount() throws Exception {
    Cgroup top = root().createChild("top");
    Cgroup leaf = top.createChild("leaf");
    assertThat(top).write(LIMIT, "4K").succeeds();
    assertThat(leaf).write(USAGE, "64K").succeeds();
    assertThat(top).hasUsage(0).hasFailcnt(0);
    assertThat(leaf)
        .file("memory.stat")
        .contains("\nhierarchical_memory_limit 9223372036854775807");
  }

  @Test
  void theRootShowsTheWholeTree() throws Exception {
    Cgroup root = root();
    Cgroup a = root.createChild("a");
    Cgroup b = a.createChild("b");
    holdsNothingButItsProcesses(root);
    assertThat(root).hasKmemUsage(0);
    assertThat(a).write(USAGE, "8K").succeeds();
    assertThat(b).write(USAGE, "4K").succeeds();
    assertThat(b).write(KMEM_USAGE, "16K").succeeds();
    assertThat(root).hasUsage(28 << 10).hasKmemUsage(16 << 10);
    assertThat(root).reads("kmem.tcp.usage_in_bytes", 0).reads("kmem.tcp.failcnt", 0);
    assertThat(root).write("kmem.tcp.max_usage_in_bytes", "0").succeeds();
    assertThat(root).write("kmem.tcp.failcnt", "0").succeeds();
    assertThat(root).file("memory.stat").contains("\ntotal_rss 0\n"); // not hierarchical
  }

  @Test
  void aHierarchicalRootShowsTheWholeTreeInItsStatToo() throws Exception {
    Cgroup root = root();
    assertThat(root).write(USE_HIERARCHY, "1").succeeds();
    Cgroup a = root.createChild("a");
    assertThat(a).write(USAGE, "8K").succeeds();
    assertThat(a.createChild("b")).write(USAGE, "4K").succeeds();
    assertThat(root).hasUsage(12288);
    assertThat(root).file("memory.stat").contains("\nrss 0\n").contains("\ntotal_rss 12288\n");
    a.rmdir("b");
    root.rmdir("a");
    assertThat(root).hasUsage(12288);
    assertThat(root).file("memory.stat").contains("\nrss 12288\n").contains("\ntotal_rss 12288\n");
  }

  @Test
  void theSumOfAllGroupsDoesNotWrap() throws Exception {
    Cgroup root = root();
    Cgroup a = root.createChild("a");
    Cgroup b = root.createChild("b");
    for (Cgroup group : List.of(a, b)) {
      assertThat(group).write(LIMIT, "9223372036854775807").failsWith(EINVAL); // above memsw's
      assertThat(group).write(MEMSW_LIMIT, "9223372036854775807").succeeds(); // rounded up to 2^63
      assertThat(group).write(LIMIT, "9223372036854775807").succeeds();
    }
    assertThat(a).write(USAGE, "9223372036854775807").failsWith(ENOMEM);
    assertThat(a).write(USAGE, "9223372036854771712").succeeds();
    assertThat(b).write(USAGE, "4096").failsWith(ENOMEM);
    assertThat(b).write(KMEM_USAGE, "4096").failsWith(ENOMEM);
    assertThat(a).hasUsage(9223372036854771712L).hasFailcnt(0);
    assertThat(b).hasUsage(0).hasKmemUsage(0).hasFailcnt(0);
    assertThat(root).hasUsage(9223372036854771712L).hasFailcnt(3);
    assertThat(a).write(USAGE, "0").succeeds();
    assertThat(b).write(USAGE, "4096").succeeds();
  }

  @Test
  void rmdirMovesUserMemoryToTheParentAndReturnsKernelMemory() throws Exception {
    Cgroup root = root();
    Cgroup top = root.createChild("top");
    Cgroup plain = top.createChild("plain");
    assertThat(plain).write(USAGE, "8K").succeeds();
    assertThat(plain).write(KMEM_USAGE, "4K").succeeds();
    assertThat(root).hasUsage(12288);
    top.rmdir("plain");
    assertThat(top).hasUsage(8192).hasKmemUsage(0);
    assertThat(top).write(USE_HIERARCHY, "1").succeeds();
    Cgroup child = top.createChild("child");
    assertThat(child).write(KMEM_USAGE, "4K").succeeds();
    assertThat(child).write(USAGE, "8K").succeeds();
    assertThat(top).hasUsage(16384);
    top.rmdir("child");
    assertThat(top).hasUsage(12288).hasKmemUsage(0);
    assertThat(root).hasUsage(12288).hasKmemUsage(0);
    assertThat(top).write(USAGE, "0").succeeds();
    holdsNothingButItsProcesses(root);
  }

  /** A root with processes, as every real one, shows a page. */
  private static void holdsNothingButItsProcesses(Cgroup root) throws Exception {
    assertThat(root).hasUsage(root.read("cgroup.procs").isEmpty() ? 0 : 4096);
  }

  @Test
  void forceEmptyMovesMemoryToTheParentUnlessTheGroupIsInUse() throws Exception {
    CgroupMount mount = mount(CgroupMount.Options.DEFAULT);
    Cgroup top = mount.root().createChild("top");
    Cgroup leaf = top.createChild("leaf");
    assertThat(leaf).write(USAGE, "8K").succeeds();
    assertThat(top).write("memory.force_empty", "0").failsWith(EBUSY);
    int pid = mount.startProcess();
    assertThat(leaf).write("tasks", Integer.toString(pid)).succeeds();
    assertThat(leaf).write("memory.force_empty", "0").failsWith(EBUSY);
    assertThat(leaf).hasUsage(8192);
    mount.endProcess(pid);
    assertThat(leaf).write("memory.force_empty", "1").succeeds();
    assertThat(leaf).hasUsage(0);
    assertThat(top).hasUsage(8192);
  }

  @Test
  void aGroupWithProcessesReadsAUsageOfAtLeastOnePage() throws Exception {
    CgroupMount mount = mount(CgroupMount.Options.DEFAULT);
    Cgroup web = mount.root().createChild("web");
    int pid = mount.startProcess();
    assertThat(web).hasUsage(0);
    assertThat(web).write("cgroup.procs", Integer.toString(pid)).succeeds();
    assertThat(web).hasUsage(4096);
    assertThat(web).write(USAGE, "8K").succeeds();
    assertThat(web).hasUsage(8192);
    assertThat(web).write(LIMIT, "8K").succeeds();
    mount.endProcess(pid);
    assertThat(web).write(USAGE, "0").succeeds();
    assertThat(web).hasUsage(0);
  }

  @Test
  void attachingFollowsTheGrammarOf3x() throws Exception {
    CgroupMount mount = mount(CgroupMount.Options.DEFAULT);
    Cgroup web = mount.root().createChild("web");
    int pid = mount.startProcess();
    for (String file : List.of("tasks", "cgroup.procs")) {
      for (String bad : List.of("-1", "x", "1 2", pid + "x", "+" + pid)) {
        assertThat(web).write(file, bad).failsWith(EINVAL);
      }
      assertThat(web).write(file, "2147483647").failsWith(ESRCH);
      assertThat(web).write(file, " " + pid + " \n").succeeds();
      assertThat(web).file(file).contains(pid + "\n");
      assertThat(mount.root()).write(file, "0x" + Integer.toHexString(pid)).succeeds();
      assertThat(web).file(file).reads("");
    }
    mount.endProcess(pid);
    assertThat(web).write("cgroup.procs", Integer.toString(pid)).failsWith(ESRCH);
  }

  @Test
  void eventControlChecksItsGrammar() throws Exception {
    Cgroup web = root().createChild("web");
    for (String bad : List.of(" ", "x", "1", "0x1 2", "1 x", "-1 2")) {
      assertThat(web).write("cgroup.event_control", bad).failsWith(EINVAL);
    }
  }

  // --- Our own files: rulings.md, our own files ----------------------------------------------

  @Test
  void simWhySaysWhyAndWhatWouldWorkALineARefusal() throws Exception {
    Cgroup root = freshMount(CgroupMount.Options.DEFAULT).root();
    Cgroup web = root.createChild("web");
    assertThat(web).file("sim.why").reads("");
    assertThat(web).write(USAGE, "64K").succeeds();
    assertThat(web).write(LIMIT, "4096\n").failsWith(EBUSY);
    assertThat(web).write(LIMIT, "a\tb\u007f\\\nc\n").failsWith(EINVAL);
    List<String> lines = web.read("sim.why").lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} \\S+ write web/memory\\.limit_in_bytes .*")
        .contains(" \"4096\" ", "EBUSY: ", "65536")
        .contains(utf8("→"));
    assertThat(lines.get(1)).contains("\"a\\x09b\\x7f\\\\\\nc\"", "EINVAL: ");
    assertThat(root).file("sim.why").reads("");
  }

  @Test
  void simWhyIsBoundedAndKeepsTheNewest() throws Exception {
    Cgroup web = root().createChild("web");
    for (int i = 0; i < 200; i++) {
      assertThat(web).write(LIMIT, "bad" + i).failsWith(EINVAL);
    }
    List<String> lines = web.read("sim.why").lines().toList();
    assertThat(lines).hasSizeBetween(10, 100);
    assertThat(lines.get(lines.size() - 1)).contains("\"bad199\"");
    assertThat(lines).allMatch(line -> line.contains("EINVAL"));
  }

  @Test
  void aLineIsBoundedHoweverMuchWasWritten() throws Exception {
    Cgroup root = root();
    assertThat(root).write("sim.tcp.mem", "9 ".repeat(50_000)).failsWith(EINVAL);
    assertThat(root).write(LIMIT, "x".repeat(60)).failsWith(EINVAL);
    for (String file : List.of("sim.why", "sim.journal")) {
      for (String line : root.read(file).lines().toList()) {
        assertThat(line.length()).as("a line of %s", file).isLessThan(1000);
      }
    }
  }

  @Test
  void simJournalHoldsEveryMutatingCallAndEveryRefusalNewestLast() throws Exception {
    Cgroup root = freshMount(CgroupMount.Options.DEFAULT).root();
    Cgroup web = root.createChild("web");
    assertThat(web).write(LIMIT, "1M").succeeds();
    assertThat(web).write(LIMIT, "x").failsWith(EINVAL);
    assertThat(web).reads(LIMIT, 1 << 20);
    assertThat(root).rename("web", "www").succeeds();
    root.chmod("www", 0700);
    assertThat(root).rmdir("nowhere").failsWith(ENOENT);
    root.rmdir("www");
    List<String> calls =
        root.read("sim.journal")
            .lines()
            .map(
                line ->
                    line.replaceFirst("^\\S+ \\S+ ", "").replaceFirst(" \\S+ (E\\w+):.*", " $1"))
            .toList();
    assertThat(calls)
        .containsSubsequence(
            "mkdir web",
            "write web/memory.limit_in_bytes \"1M\"",
            "write web/memory.limit_in_bytes \"x\" EINVAL",
            "rename web \"/www\"",
            "chmod www");
    assertThat(calls.get(calls.size() - 1)).isEqualTo("rmdir www");
    assertThat(calls).noneMatch(line -> line.startsWith("read ") || line.startsWith("open "));
  }

  @Test
  void simJournalIsBounded() throws Exception {
    Cgroup root = root();
    for (int i = 0; i < 1500; i++) {
      root.write(SOFT_LIMIT, Integer.toString(i));
    }
    List<String> lines = root.read("sim.journal").lines().toList();
    assertThat(lines).hasSizeBetween(500, 1400);
    assertThat(lines.get(lines.size() - 1)).endsWith("\"1499\"");
  }

  @Test
  void simTcpMemIsThreeAscendingPageCounts() throws Exception {
    Cgroup root = root();
    assertThat(root).file("sim.tcp.mem").reads("575799 767734 1151598\n");
    assertThat(root).write("sim.tcp.mem", " 1000\t2000  3000\n").succeeds();
    assertThat(root).file("sim.tcp.mem").reads("1000 2000 3000\n");
    List<String> bad =
        new ArrayList<>(List.of("1 2", "1 2 3 4", "a b c", "3 2 1", "-1 2 3", "1,2,3"));
    bad.addAll(List.of("1 2 9999999999999999999", "0x1 2 3", "1 2 3\n4 5 6", "\n"));
    for (String text : bad) {
      assertThat(root).write("sim.tcp.mem", text).failsWith(EINVAL);
    }
    assertThat(root).file("sim.tcp.mem").reads("1000 2000 3000\n");
    assertThat(root).write("sim.tcp.mem", "0 0 0").succeeds();
    assertThat(root.createChild("web")).lacks("sim.tcp.mem");
  }

  @Test
  void simTcpStatStartsAtZero() throws Exception {
    Cgroup root = root();
    Cgroup web = root.createChild("web");
    for (Cgroup group : List.of(root, web)) {
      List<String> lines = group.read("sim.tcp.stat").lines().toList();
      assertThat(lines).allMatch(line -> line.matches("[A-Za-z_]+ 0"));
      assertThat(lines)
          .contains(
              "sockets 0",
              "memory 0",
              "pressure 0",
              "pressure_entered 0",
              "pressure_ms 0",
              "pruned 0",
              "rcvq_dropped 0",
              "zero_window 0",
              "send_refused 0",
              "sockets_unaccounted 0");
    }
  }

  @Test
  void simTcpFlowsTakesAllLinesOrNone() throws Exception {
    Cgroup root = root();
    Cgroup web = root.createChild("web");
    assertThat(root).lacks("sim.tcp.flows");
    assertThat(web).file("sim.tcp.flows").reads("");
    assertThat(web).write("sim.tcp.flows", "add a send=0\nadd b send=fast").failsWith(EINVAL);
    assertThat(web).file("sim.tcp.flows").reads("");
    assertThat(web).write("sim.tcp.flows", "add a send=0\nadd b send=0\n").succeeds();
    assertThat(web).file("sim.tcp.flows").contains("a ").contains("\nb ");
    assertThat(web).write("sim.tcp.flows", "remove a\nremove b").succeeds();
    assertThat(web).file("sim.tcp.flows").reads("");
  }

  private static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
