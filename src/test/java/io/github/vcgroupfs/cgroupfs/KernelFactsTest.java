package io.github.vcgroupfs.cgroupfs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.controllers.ServedStandIns;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.MemoryTrees;
import io.github.vcgroupfs.rights.Sharing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What kernels answer differently around a control file, each as its source has it: {@code
 * kernel/cgroup.c} up to 3.13, {@code fs/kernfs} from 3.14 on.
 */
class KernelFactsTest {
  private static final Caller ROOT = new Caller(0, 0, 100);
  private static final OpenFlags PLAIN = new OpenFlags(false, false);
  private static final byte[] VALUE = {'v'};
  private static final String LIMIT = "/web/memory.limit_in_bytes";

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  private final FakeMembership processes = new FakeMembership();
  private MemoryTree tree;
  private CgroupFs fs;

  private void mount(KernelProfile profile) throws ErrnoException {
    tree = trees.newTree(profile, processes);
    fs =
        new CgroupFs(
            tree.tree(),
            ServedStandIns.of(tree.tree()),
            SizeMode.ZERO,
            Sharing.byDefault(ROOT),
            Clock.systemUTC(),
            new Faults(0, ms -> {}));
    trees.watchHandles(fs::openHandles);
    fs.mkdir(ROOT, "/web", 0755);
  }

  private void mountStrict(String profile) throws ErrnoException {
    mount(Profiles.byId(profile).orElseThrow());
  }

  /** {@code vfs_fsync_range}; {@code kernfs_file_fops} has an fsync in 4.9. */
  @ParameterizedTest
  @CsvSource({
    "lwn-2011, EINVAL",
    "linux-3.3, EINVAL",
    "linux-3.10, EINVAL",
    "linux-4.4, EINVAL",
    "linux-4.9,",
    "linux-4.19,",
    "linux-5.10,",
    "linux-5.16,",
    "linux-6.18,"
  })
  void fsyncNeedsAnOperationOfTheFile(String profile, Errno expected) throws Exception {
    mountStrict(profile);
    long handle = fs.open(ROOT, LIMIT, PLAIN);
    answers(expected, () -> fs.fsync(ROOT, handle));
    fs.release(handle);
  }

  /** {@code kernfs_add_one}, {@code __kernfs_remove}; not {@code kernfs_rename_ns}. */
  @ParameterizedTest
  @CsvSource({"linux-3.10, false", "linux-4.4, true", "linux-6.18, true"})
  void childrenChangeTheTimesOfADirectoryOnceItsAttributesWereSet(String profile, boolean kernfs)
      throws Exception {
    mountStrict(profile);
    fs.mkdir(ROOT, "/times", 0755);
    long madeNs = fs.getattr(ROOT, "/times").times().mtimeNs();
    fs.mkdir(ROOT, "/times/a", 0755);
    assertThat(fs.getattr(ROOT, "/times").times().mtimeNs()).as("nobody set any").isEqualTo(madeNs);
    fs.utimens(ROOT, "/times", 1, 2);
    fs.rename(ROOT, "/times/a", "/times/b");
    assertThat(fs.getattr(ROOT, "/times").times().mtimeNs()).as("rename").isEqualTo(2);
    fs.rmdir(ROOT, "/times/b");
    assertThat(fs.getattr(ROOT, "/times").times().mtimeNs() != 2).as("rmdir").isEqualTo(kernfs);
    fs.utimens(ROOT, "/times", 1, 2);
    fs.mkdir(ROOT, "/times/c", 0755);
    assertThat(fs.getattr(ROOT, "/times").times().mtimeNs() != 2).as("mkdir").isEqualTo(kernfs);
    assertThat(fs.getattr(ROOT, "/times").times().atimeNs()).isEqualTo(1);
  }

  /** {@code simple_setattr} and {@code kernfs_iop_setattr}, both with {@code inode_newsize_ok}. */
  @ParameterizedTest
  @CsvSource({
    "lwn-2011, 100",
    "linux-3.3, 100",
    "linux-3.10, 100",
    "linux-4.4, 0",
    "linux-4.19, 0",
    "linux-6.18, 0"
  })
  void truncateSetsTheSizeUntilKernfs(String profile, long sizeBytes) throws Exception {
    mountStrict(profile);
    write(LIMIT, "65536");
    fs.truncate(ROOT, LIMIT, 100);
    assertThat(fs.getattr(ROOT, LIMIT).sizeBytes()).isEqualTo(sizeBytes);
    answers(Errno.EFBIG, () -> fs.truncate(ROOT, LIMIT, 1L << 31));
    fs.truncate(ROOT, LIMIT, (1L << 31) - 1);
    assertThat(cat(LIMIT)).as("no read pays heed to it").isEqualTo("65536\n");
    long handle = fs.open(ROOT, LIMIT, PLAIN);
    fs.ftruncate(handle, 7);
    assertThat(fs.fgetattr(() -> ROOT, handle).sizeBytes()).isEqualTo(sizeBytes == 0 ? 0 : 7);
    fs.release(handle);
    fs.release(fs.open(ROOT, LIMIT, new OpenFlags(true, false))); // echo > file
    assertThat(fs.getattr(ROOT, LIMIT).sizeBytes()).isZero();
  }

  /** {@code seq_read_iter}: what is left in the buffer of the handle comes first. Asked of 6.18. */
  @ParameterizedTest
  @CsvSource({
    "memory.limit_in_bytes, 9223372036854771712",
    "memory.oom_control, oom_kill_disable 0",
    "cgroup.procs, 31"
  })
  void whatAHandleHasReadAlreadyIsReadToItsEndWithoutTheGroup(String name, String start)
      throws Exception {
    mountStrict("linux-6.18");
    fs.mkdir(ROOT, "/gone", 0755);
    for (int pid = 31; pid <= 32; pid++) {
      processes.start(pid, requireNonNull(tree.tree().find("/gone")));
    }
    long handle = fs.open(ROOT, "/gone/" + name, PLAIN);
    byte[] first = fs.read(ROOT, handle, 0, 1);
    processes.end(31);
    processes.end(32);
    fs.rmdir(ROOT, "/gone");
    byte[] second = fs.read(ROOT, handle, 1, 1);
    byte[] rest = fs.read(ROOT, handle, 2, 4096);
    String text =
        new String(first, StandardCharsets.US_ASCII)
            + new String(second, StandardCharsets.US_ASCII)
            + new String(rest, StandardCharsets.US_ASCII);
    assertThat(text).startsWith(start + "\n");
    if (name.equals("cgroup.procs")) {
      assertThat(text).as("of a list, the line that was begun").isEqualTo("31\n");
    }
    answers(Errno.ENODEV, () -> fs.read(ROOT, handle, text.length(), 4096));
    answers(Errno.ENODEV, () -> fs.read(ROOT, handle, 0, 4096));
    fs.release(handle);
  }

  /** {@code cgroup_file_read} looks whether the group is there, {@code seq_read} does not. */
  @ParameterizedTest
  @ValueSource(strings = {"lwn-2011", "linux-3.3", "linux-3.10"})
  void whatIsReadAsASequenceOutlivesItsGroup(String profile) throws Exception {
    mountStrict(profile);
    List<String> texts = List.of("memory.stat", "memory.oom_control", "memory.numa_stat");
    for (String name : texts) {
      fs.mkdir(ROOT, "/gone", 0755);
      long handle = fs.open(ROOT, "/gone/" + name, PLAIN);
      String before = read(handle);
      fs.rmdir(ROOT, "/gone");
      assertThat(read(handle)).as(name).isEqualTo(before).isNotEmpty();
      fs.release(handle);
    }
    for (String name : List.of("tasks", "cgroup.procs")) {
      fs.mkdir(ROOT, "/gone", 0755);
      long handle = fs.open(ROOT, "/gone/" + name, PLAIN);
      fs.rmdir(ROOT, "/gone");
      assertThat(read(handle)).as(name).isEmpty();
      answers(Errno.ENODEV, () -> fs.write(ROOT, handle, "0".getBytes(StandardCharsets.US_ASCII)));
      fs.release(handle);
    }
    for (String name : List.of("memory.limit_in_bytes", "notify_on_release")) {
      goneIsEnodev(name);
    }
    fs.mkdir(ROOT, "/gone", 0755);
    long handle = fs.open(ROOT, "/gone/memory.oom_control", PLAIN);
    fs.rmdir(ROOT, "/gone");
    answers(Errno.ENODEV, () -> fs.write(ROOT, handle, "1".getBytes(StandardCharsets.US_ASCII)));
    fs.release(handle);
  }

  /** The list is the one that was made at open: {@code cgroup_pidlist_open}. */
  @Test
  void aHeldListOfProcessesStaysAsItWasAtOpen() throws Exception {
    mountStrict("linux-3.10");
    int pid = processes.start(tree.root().cgroup());
    write("/web/cgroup.procs", String.valueOf(pid));
    long handle = fs.open(ROOT, "/web/cgroup.procs", PLAIN);
    processes.end(pid);
    fs.rmdir(ROOT, "/web");
    assertThat(read(handle)).isEqualTo(pid + "\n");
    fs.release(handle);
  }

  /** {@code kernfs_seq_start}, {@code kernfs_fop_write}. */
  @ParameterizedTest
  @ValueSource(strings = {"linux-4.4", "linux-4.9", "linux-4.19", "linux-5.10", "linux-6.18"})
  void withKernfsNothingOutlivesItsGroup(String profile) throws Exception {
    mountStrict(profile);
    for (String name :
        List.of(
            "memory.stat", "cgroup.procs", "tasks", "memory.limit_in_bytes", "memory.failcnt")) {
      goneIsEnodev(name);
    }
  }

  /** Files of ours tell of a group that is gone as kernel files of that profile do. */
  @Test
  void filesOfOursCanBeReadFromAHeldHandle() throws Exception {
    mount(Profiles.byId("linux-3.10").orElseThrow().relaxed());
    for (DirectoryEntry entry : list("/web")) {
      fs.mkdir(ROOT, "/gone", 0755);
      long handle = fs.open(ROOT, "/gone/" + entry.name(), PLAIN);
      fs.rmdir(ROOT, "/gone");
      try {
        assertThat(read(handle)).as(entry.name()).doesNotContain("null");
      } catch (ErrnoException refusal) {
        assertThat(refusal.errno())
            .as(entry.name())
            .isIn(Errno.ENODEV, Errno.EINVAL, Errno.EIO, Errno.EACCES);
      }
      fs.release(handle);
    }
  }

  /** {@code cgroup_lookup} refuses the name, whatever is to be done with it; kernfs does not. */
  @ParameterizedTest
  @CsvSource({
    "lwn-2011, ENAMETOOLONG, ENAMETOOLONG",
    "linux-3.3, ENAMETOOLONG, ENAMETOOLONG",
    "linux-3.10, ENAMETOOLONG, ENAMETOOLONG",
    "linux-4.4, ENOENT,",
    "linux-4.19, ENOENT,",
    "linux-6.18, ENOENT,"
  })
  void aLongNameIsRefusedWhereItIsLookedUp(String profile, Errno look, Errno make)
      throws Exception {
    mountStrict(profile);
    String longest = "/web/" + "n".repeat(255);
    String longer = longest + "n";
    answers(Errno.ENOENT, () -> fs.getattr(ROOT, longest));
    answers(look, () -> fs.getattr(ROOT, longer));
    answers(look, () -> fs.open(ROOT, longer, PLAIN));
    answers(look, () -> fs.opendir(ROOT, longer));
    answers(look, () -> fs.rmdir(ROOT, longer));
    answers(look, () -> fs.rename(ROOT, longer, "/web/short"));
    answers(look, () -> fs.truncate(ROOT, longer, 0));
    answers(look, () -> fs.chmod(ROOT, longer, 0600));
    answers(look, () -> fs.getxattr(ROOT, longer, "trusted.a"));
    fs.mkdir(ROOT, longest, 0755);
    answers(make, () -> fs.rename(ROOT, longest, longer));
    answers(make == null ? Errno.EEXIST : make, () -> fs.mkdir(ROOT, longer, 0755));
  }

  /** {@code kernfs_iop_setxattr} of 4.4, {@code kernfs_xattr_handlers} of 4.9 and later. */
  @ParameterizedTest
  @CsvSource({
    "linux-3.3, EOPNOTSUPP, EOPNOTSUPP, EOPNOTSUPP",
    "linux-3.10, EOPNOTSUPP, EOPNOTSUPP, EOPNOTSUPP",
    "linux-4.4, EINVAL, ENODATA,",
    "linux-4.9, EOPNOTSUPP, EOPNOTSUPP,",
    "linux-4.19, EOPNOTSUPP, EOPNOTSUPP,"
  })
  void attributesThatAreNotKept(String profile, Errno set, Errno get, Errno trusted)
      throws Exception {
    mountStrict(profile);
    for (String name : List.of("user.a", "system.a", "other")) {
      answers(set, () -> fs.setxattr(ROOT, LIMIT, name, VALUE, 0));
      answers(get, () -> fs.getxattr(ROOT, LIMIT, name));
      answers(get, () -> fs.removexattr(ROOT, LIMIT, name));
    }
    answers(trusted, () -> fs.setxattr(ROOT, LIMIT, "trusted.a", VALUE, 0));
    answers(trusted, () -> fs.getxattr(ROOT, LIMIT, "trusted.a"));
    answers(trusted, () -> fs.removexattr(ROOT, LIMIT, "trusted.a"));
  }

  /**
   * {@code mem_cgroup_resize_limit} of 3.2, 3.3 and 3.10 compares with the limit of memsw even if
   * that is RESOURCE_MAX, and {@code res_counter_memparse_write_strategy} rounds one above it. With
   * page counters the number is cut to the greatest limit.
   */
  @ParameterizedTest
  @CsvSource({
    "lwn-2011, EINVAL, 9223372036854775807",
    "linux-3.3, EINVAL, 9223372036854775807",
    "linux-3.10, EINVAL, 9223372036854775807",
    "linux-4.4,, 9223372036854771712",
    "linux-6.18,, 9223372036854771712"
  })
  void aMemoryLimitIsNeverAboveThatOfMemswNotEvenAboveNone(
      String profile, Errno expected, String limit) throws Exception {
    mountStrict(profile);
    answers(expected, () -> write(LIMIT, "9223372036854775807"));
    answers(expected, () -> write(LIMIT, "9223372036854771713")); // rounded up, it is the same
    assertThat(cat(LIMIT)).isEqualTo(limit + "\n");
    write("/web/memory.memsw.limit_in_bytes", "9223372036854775807");
    write(LIMIT, "9223372036854775807");
    assertThat(cat(LIMIT)).isEqualTo(cat("/web/memory.memsw.limit_in_bytes"));
  }

  private void goneIsEnodev(String name) throws ErrnoException {
    fs.mkdir(ROOT, "/gone", 0755);
    long handle = fs.open(ROOT, "/gone/" + name, PLAIN);
    fs.rmdir(ROOT, "/gone");
    answers(Errno.ENODEV, () -> fs.read(ROOT, handle, 0, 100));
    answers(Errno.ENODEV, () -> fs.write(ROOT, handle, VALUE));
    fs.release(handle);
  }

  private List<DirectoryEntry> list(String path) throws ErrnoException {
    long handle = fs.opendir(ROOT, path);
    List<DirectoryEntry> entries = fs.readdir(handle);
    fs.releasedir(handle);
    return entries;
  }

  private void write(String path, String text) throws ErrnoException {
    long handle = fs.open(ROOT, path, PLAIN);
    try {
      fs.write(ROOT, handle, text.getBytes(StandardCharsets.US_ASCII));
    } finally {
      fs.release(handle);
    }
  }

  private String cat(String path) throws ErrnoException {
    long handle = fs.open(ROOT, path, PLAIN);
    try {
      return read(handle);
    } finally {
      fs.release(handle);
    }
  }

  private String read(long handle) throws ErrnoException {
    return new String(fs.read(ROOT, handle, 0, 1 << 16), StandardCharsets.ISO_8859_1);
  }

  /** Succeeds where no error is expected. */
  private static void answers(Errno expected, ThrowingCallable call) {
    if (expected == null) {
      assertThatCode(call).doesNotThrowAnyException();
      return;
    }
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ErrnoException.class,
            refusal -> {
              assertThat(refusal.errno()).as(refusal.why()).isEqualTo(expected);
              assertThat(refusal.why()).isNotBlank().doesNotContain("null");
            });
  }
}
