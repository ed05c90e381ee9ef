package io.github.vcgroupfs.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import io.github.vcgroupfs.controllers.ControlFiles;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryController;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.rights.Sharing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two hierarchies in one mount: {@code memory}, with a second name, and {@code other}. */
class HierarchiesFsTest {
  private static final Caller ROOT = new Caller(0, 0, 100);
  private static final KernelProfile KERNEL = Profiles.LWN_2011.relaxed();
  private static final OpenFlags PLAIN = new OpenFlags(false, false);

  private final FakeMembership memoryMembers = new FakeMembership();
  private final FakeMembership otherMembers = new FakeMembership();
  private final CgroupFs memory =
      fs(
          0,
          new CgroupTree(
              KERNEL,
              List.of(new MemoryController(KERNEL, () -> 0, ModelListener.SILENT)),
              memoryMembers,
              Notifier.NONE));
  private final CgroupTree otherTree =
      new CgroupTree(KERNEL, List.of(), otherMembers, Notifier.NONE);
  private final CgroupFs other = fs(1, otherTree);
  private final HierarchiesFs fs =
      new HierarchiesFs(
          List.of(
              new HierarchiesFs.Hierarchy("memory", List.of("mem"), memory),
              new HierarchiesFs.Hierarchy("other", List.of(), other)),
          ROOT);

  private static CgroupFs fs(int index, CgroupTree tree) {
    return new CgroupFs(
        tree,
        ControlFiles.of(tree, Map.of()).ofHierarchy(index),
        SizeMode.EXACT,
        Sharing.byDefault(ROOT),
        Clock.systemUTC(),
        new Faults(0, ms -> {}));
  }

  @AfterEach
  void everyHandleWasGivenBack() {
    assertThat(memory.openHandles()).isZero();
    assertThat(other.openHandles()).isZero();
  }

  private List<String> ls(String path) throws ErrnoException {
    long handle = fs.opendir(ROOT, path);
    try {
      return fs.readdir(handle).stream().map(DirectoryEntry::name).toList();
    } finally {
      fs.releasedir(handle);
    }
  }

  private String read(String path) throws ErrnoException {
    long handle = fs.open(ROOT, path, PLAIN);
    try {
      return new String(fs.read(ROOT, handle, 0, 1 << 16), StandardCharsets.ISO_8859_1);
    } finally {
      fs.release(handle);
    }
  }

  private String log(String path) throws ErrnoException {
    return new String(read(path).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private void write(String path, String text) throws ErrnoException {
    long handle = fs.open(ROOT, path, PLAIN);
    try {
      fs.write(ROOT, handle, text.getBytes(StandardCharsets.ISO_8859_1));
    } finally {
      fs.release(handle);
    }
  }

  private static void refused(Errno errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(errno));
  }

  @Test
  void theTopListsTheHierarchiesAndTheirOtherNames() throws Exception {
    assertThat(ls("/")).containsExactly("memory", "other", "mem"); // ls
    assertThat(fs.getattr(() -> ROOT, "/").type()).isEqualTo(FileType.DIRECTORY);
    assertThat(fs.getattr(() -> ROOT, "/").nlink()).isEqualTo(4); // stat -c %h .
    assertThat(fs.getattr(() -> ROOT, "/mem").type()).isEqualTo(FileType.LINK);
    assertThat(fs.readlink("/mem")).isEqualTo("memory"); // readlink mem
    refused(Errno.EINVAL, () -> fs.readlink("/memory"));
  }

  @Test
  void eachHierarchyHasItsOwnFilesAndGroups() throws Exception {
    fs.mkdir(ROOT, "/memory/a", 0755); // mkdir memory/a
    assertThat(ls("/memory")).contains("a", "memory.limit_in_bytes", "tasks");
    assertThat(ls("/other"))
        .contains("tasks", "release_agent")
        .doesNotContain("a", "memory.limit_in_bytes");
    fs.mkdir(ROOT, "/other/a", 0755);
    fs.rmdir(ROOT, "/memory/a");
    assertThat(ls("/other")).contains("a");
    write("/other/a/notify_on_release", "1");
    assertThat(read("/other/a/notify_on_release")).isEqualTo("1\n");
    assertThat(read("/other/notify_on_release")).isEqualTo("0\n");
  }

  @Test
  void aProcessIsInOneGroupOfEach() throws Exception {
    fs.mkdir(ROOT, "/memory/a", 0755);
    fs.mkdir(ROOT, "/other/b", 0755);
    int pid = otherMembers.start(otherTree.root());
    write("/other/b/cgroup.procs", Integer.toString(pid));
    assertThat(read("/other/b/cgroup.procs")).isEqualTo(pid + "\n");
    refused(Errno.ESRCH, () -> write("/memory/a/cgroup.procs", Integer.toString(pid)));
  }

  @Test
  void noInodeNumberIsUsedTwice() throws Exception {
    fs.mkdir(ROOT, "/memory/a", 0755);
    fs.mkdir(ROOT, "/other/a", 0755);
    Set<Long> seen = new HashSet<>();
    for (String path : List.of("/", "/mem", "/memory", "/other", "/memory/a", "/other/a")) {
      assertThat(seen.add(fs.getattr(() -> ROOT, path).ino())).as(path).isTrue();
    }
    for (String group : List.of("/memory/a", "/other/a", "/memory", "/other")) {
      for (String file : List.of("tasks", "cgroup.procs")) {
        Attributes attributes = fs.getattr(() -> ROOT, group + "/" + file);
        assertThat(seen.add(attributes.ino())).as(group + "/" + file).isTrue();
      }
    }
  }

  @Test
  void theTopCannotBeChanged() throws Exception {
    refused(Errno.EROFS, () -> fs.mkdir(ROOT, "/new", 0755)); // mkdir new
    refused(Errno.EROFS, () -> fs.rmdir(ROOT, "/mem"));
    refused(Errno.EROFS, () -> fs.chmod(ROOT, "/", 0700));
    refused(Errno.EROFS, () -> fs.refuse(ROOT, FsCall.CREATE, "/file"));
    refused(Errno.ENOENT, () -> fs.getattr(() -> ROOT, "/nothing"));
    refused(Errno.ENOENT, () -> fs.open(ROOT, "/nothing/tasks", PLAIN));
    refused(Errno.EBUSY, () -> fs.rmdir(ROOT, "/other")); // rmdir of a mount point
    refused(Errno.EEXIST, () -> fs.mkdir(ROOT, "/other", 0755));
    refused(Errno.EROFS, () -> fs.rename(ROOT, "/other", "/another"));
    assertThat(ls("/")).hasSize(3);
  }

  @Test
  void aGroupStaysInItsHierarchy() throws Exception {
    fs.mkdir(ROOT, "/memory/a", 0755);
    refused(Errno.EXDEV, () -> fs.rename(ROOT, "/memory/a", "/other/a")); // mv
    fs.rename(ROOT, "/memory/a", "/memory/b");
    assertThat(ls("/memory")).contains("b").doesNotContain("a");
  }

  /** {@code sim.why} and {@code sim.journal} are in each hierarchy, and are about that alone. */
  @Test
  void aRefusalIsExplainedWhereItWas() throws Exception {
    for (String here : List.of("memory", "other")) {
      String there = here.equals("memory") ? "other" : "memory";
      String journalThere = log("/" + there + "/sim.journal");
      fs.mkdir(ROOT, "/" + here + "/g", 0755);
      refused(Errno.EINVAL, () -> write("/" + here + "/g/cgroup.clone_children", "x"));
      assertThat(log("/" + here + "/g/sim.why"))
          .endsWith(
              "write g/cgroup.clone_children \"x\" → EINVAL: \"x\" is no unsigned integer: write"
                  + " decimal, 0x hexadecimal or 0 octal digits\n");
      assertThat(log("/" + here + "/sim.journal"))
          .contains(" mkdir g\n", " write g/cgroup.clone_children \"x\" → EINVAL: ");
      assertThat(log("/" + there + "/sim.journal")).isEqualTo(journalThere);
    }
  }

  @Test
  void aGroupThatShallLeaveIsInTheJournalOfItsHierarchy() throws Exception {
    fs.mkdir(ROOT, "/other/a", 0755);
    refused(Errno.EXDEV, () -> fs.rename(ROOT, "/other/a", "/memory/a")); // mv
    assertThat(log("/other/a/sim.why"))
        .endsWith(
            "rename a \"/memory/a\" → EXDEV: /memory/a is in another hierarchy: a group stays in the"
                + " one where it was made\n");
    assertThat(log("/other/sim.journal")).contains("rename a \"/memory/a\" → EXDEV: ");
    assertThat(log("/memory/sim.journal")).isEmpty();
  }

  @Test
  void aFaultStrikesInItsHierarchyAlone() throws Exception {
    for (String here : List.of("memory", "other")) {
      String there = here.equals("memory") ? "other" : "memory";
      write("/" + here + "/sim.fault", "mkdir error=ENOSPC\nread tasks error=ENODEV count=1");
      refused(Errno.ENOSPC, () -> fs.mkdir(ROOT, "/" + here + "/f", 0755));
      fs.mkdir(ROOT, "/" + there + "/f", 0755);
      read("/" + there + "/tasks");
      refused(Errno.ENODEV, () -> read("/" + here + "/tasks"));
      assertThat(log("/" + here + "/sim.why")).contains("mkdir f → ENOSPC: sim.fault of / says ");
      assertThat(read("/" + there + "/sim.fault")).isEmpty();
      write("/" + here + "/sim.fault", "clear");
      fs.rmdir(ROOT, "/" + there + "/f");
    }
  }

  @Test
  void handlesOfBothKindsAreTold() throws Exception {
    long first = fs.open(ROOT, "/memory/tasks", PLAIN);
    long second = fs.open(ROOT, "/other/tasks", PLAIN);
    assertThat(first).isNotEqualTo(second);
    assertThat(fs.fgetattr(() -> ROOT, second).ino())
        .isEqualTo(fs.getattr(() -> ROOT, "/other/tasks").ino());
    long top = fs.opendir(ROOT, "/");
    long directory = fs.opendir(ROOT, "/other");
    assertThat(fs.dots(top)).extracting(DirectoryEntry::name).containsExactly(".", "..");
    assertThat(fs.readdir(directory)).extracting(DirectoryEntry::name).contains("tasks");
    fs.release(first);
    fs.release(second);
    fs.releasedir(top);
    fs.releasedir(directory);
  }
}
