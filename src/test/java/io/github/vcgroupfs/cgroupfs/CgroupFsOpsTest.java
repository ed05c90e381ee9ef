package io.github.vcgroupfs.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import io.github.vcgroupfs.controllers.ServedStandIns;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.MemoryTrees;
import io.github.vcgroupfs.rights.Sharing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Operations that need a handle, a flag or a clock of their own; the shell's command beside each.
 */
class CgroupFsOpsTest {
  private static final Caller ROOT = new Caller(0, 0, 100);
  private static final Caller USER = new Caller(1000, 1001, 200);
  private static final OpenFlags PLAIN = new OpenFlags(false, false);
  private static final long NOW_NS = 1_322_697_600_123_456_789L; // 2011-12-01

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  private MemoryTree tree;
  private CgroupFs fs;

  @BeforeEach
  void mount() throws Exception {
    tree = trees.newTree(Profiles.LWN_2011.relaxed(), new FakeMembership());
    fs = newFs(tree);
    fs.mkdir(USER, "/web", 0750); // mkdir web
  }

  private CgroupFs newFs(MemoryTree of) {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(0, NOW_NS), ZoneOffset.UTC);
    CgroupFs made =
        new CgroupFs(
            of.tree(),
            ServedStandIns.of(of.tree()),
            SizeMode.EXACT,
            Sharing.byDefault(ROOT),
            clock,
            new Faults(0, ms -> {}));
    trees.watchHandles(made::openHandles);
    return made;
  }

  /** cgroup_rename: before kernfs it asked for a free name first, and then for the parent. */
  @ParameterizedTest
  @CsvSource({"linux-3.3, EEXIST", "linux-3.10, EEXIST", "linux-4.4, EIO", "linux-6.18, EIO"})
  void whichRefusalAGroupMeetsThatMovesOntoAnother(String profile, Errno expected)
      throws Exception {
    CgroupFs moved =
        newFs(trees.newTree(Profiles.byId(profile).orElseThrow(), new FakeMembership()));
    moved.mkdir(ROOT, "/a", 0755); // mkdir a b a/c
    moved.mkdir(ROOT, "/b", 0755);
    moved.mkdir(ROOT, "/a/c", 0755);
    fails(expected, () -> moved.rename(ROOT, "/a/c", "/b")); // mv -T a/c b
    fails(expected, () -> moved.rename(ROOT, "/b", "/a/c")); // mv -T b a/c
    fails(Errno.EIO, () -> moved.rename(ROOT, "/a/c", "/d")); // mv -T a/c d
    fails(Errno.EEXIST, () -> moved.rename(ROOT, "/a", "/b")); // mv -T a b
  }

  @Test
  void aDirectoryAndItsFilesBelongToWhoMadeIt() throws Exception {
    Attributes directory = fs.getattr(ROOT, "/web"); // stat web
    assertThat(directory.type()).isEqualTo(FileType.DIRECTORY);
    assertThat(directory.mode()).isEqualTo(0750);
    assertThat(directory.uid()).isEqualTo(1000);
    assertThat(directory.gid()).isEqualTo(1001);
    assertThat(directory.times()).isEqualTo(new Attributes.Times(NOW_NS, NOW_NS, NOW_NS));
    Attributes file = fs.getattr(ROOT, "/web/tasks"); // stat web/tasks
    assertThat(file.uid()).isEqualTo(1000);
    assertThat(file.gid()).isEqualTo(1001);
    assertThat(file.times()).isEqualTo(directory.times());
    Attributes top = fs.getattr(ROOT, "/"); // stat .
    assertThat(top.uid()).isZero();
    assertThat(top.mode()).isEqualTo(0755);
  }

  @Test
  void theModeOfMkdirIsCutToPermissionBits() throws Exception {
    fs.mkdir(USER, "/sticky", 041777); // mkdir -m 1777 sticky
    assertThat(fs.getattr(ROOT, "/sticky").mode()).isEqualTo(0777);
  }

  @Test
  void openWithODirectIsEinval() throws Exception {
    // dd if=web/tasks iflag=direct
    fails(Errno.EINVAL, () -> fs.open(ROOT, "/web/tasks", new OpenFlags(false, true)));
  }

  @Test
  void truncationSucceedsChangesNothingAndTouchesMtime() throws Exception {
    fs.utimens(ROOT, "/web/tasks", 1, 2); // touch -d @0 web/tasks
    long handle = fs.open(ROOT, "/web/tasks", new OpenFlags(true, false)); // : > web/tasks
    fs.release(handle);
    assertThat(fs.getattr(ROOT, "/web/tasks").times().mtimeNs()).isEqualTo(NOW_NS);
    assertThat(fs.getattr(ROOT, "/web/tasks").times().atimeNs()).isEqualTo(1);
    fs.truncate(ROOT, "/web/memory.limit_in_bytes", 0); // truncate -s 0 …
    assertThat(cat("/web/memory.limit_in_bytes")).isEqualTo("9223372036854775807\n");
    fails(Errno.EISDIR, () -> fs.truncate(ROOT, "/web", 0)); // truncate -s 0 web
    fails(Errno.ENOENT, () -> fs.truncate(ROOT, "/web/nothing", 0));
  }

  @Test
  void aHandleThatWasGivenBackIsEbadf() throws Exception {
    long handle = fs.open(ROOT, "/web/tasks", PLAIN);
    assertThat(fs.openHandles()).isEqualTo(1);
    fs.release(handle);
    fs.release(handle);
    fails(Errno.EBADF, () -> fs.read(ROOT, handle, 0, 10));
    fails(Errno.EBADF, () -> fs.write(ROOT, handle, new byte[1]));
    fails(Errno.EBADF, () -> fs.fgetattr(() -> ROOT, handle));
    fails(Errno.EBADF, () -> fs.readdir(handle));
    long directory = fs.opendir(ROOT, "/web");
    fs.releasedir(directory);
    fails(Errno.EBADF, () -> fs.readdir(directory));
  }

  @Test
  void anOldDirectoryHandleListsNothingAndFstatStillWorks() throws Exception {
    long directory = fs.opendir(ROOT, "/web");
    long file = fs.open(ROOT, "/web/tasks", PLAIN);
    assertThat(fs.readdir(directory)).isNotEmpty();
    fs.rmdir(ROOT, "/web"); // rmdir web
    assertThat(fs.readdir(directory)).isEmpty();
    assertThat(fs.fgetattr(() -> ROOT, file).mode()).isEqualTo(0644);
    fs.release(file);
    fs.releasedir(directory);
    fails(Errno.ENOENT, () -> fs.opendir(ROOT, "/web"));
    fails(Errno.ENOTDIR, () -> fs.opendir(ROOT, "/tasks"));
  }

  @Test
  void listedNumbersAreThoseOfStat() throws Exception {
    long directory = fs.opendir(ROOT, "/");
    List<DirectoryEntry> entries = fs.readdir(directory);
    fs.releasedir(directory);
    assertThat(entries)
        .extracting(DirectoryEntry::name)
        .contains("web", "tasks")
        .doesNotHaveDuplicates();
    for (DirectoryEntry entry : entries) {
      Attributes attributes = fs.getattr(ROOT, "/" + entry.name());
      assertThat(entry.ino()).as(entry.name()).isEqualTo(attributes.ino());
      assertThat(entry.type()).as(entry.name()).isEqualTo(attributes.type());
    }
  }

  @Test
  void whatOnlyTheKernelMakesIsRefusedWithItsErrno() {
    fails(Errno.EACCES, () -> fs.refuse(ROOT, FsCall.CREATE, "/web/new")); // touch web/new
    fails(Errno.EPERM, () -> fs.refuse(ROOT, FsCall.UNLINK, "/web/tasks")); // rm web/tasks
    fails(Errno.EPERM, () -> fs.refuse(ROOT, FsCall.SYMLINK, "/web/new")); // ln -s x web/new
    fails(Errno.EPERM, () -> fs.refuse(ROOT, FsCall.LINK, "/web/new")); // ln web/tasks web/new
    fails(Errno.EACCES, () -> fs.mknod(ROOT, "/web/new", true));
    fails(Errno.EPERM, () -> fs.mknod(ROOT, "/web/new", false)); // mkfifo web/new
  }

  @Test
  void extendedAttributesFollowSetxattr() throws Exception {
    byte[] value = "v".getBytes(StandardCharsets.ISO_8859_1);
    int create = 1;
    int replace = 2;
    for (String prefix : List.of("user.", "trusted.", "security.")) {
      String name = prefix + "a";
      fails(Errno.ENODATA, () -> fs.setxattr(ROOT, "/web", name, value, replace));
      fs.setxattr(ROOT, "/web", name, value, create); // setfattr -n user.a -v v web
      fails(Errno.EEXIST, () -> fs.setxattr(ROOT, "/web", name, value, create));
      fs.setxattr(ROOT, "/web", name, value, replace);
      assertThat(fs.getxattr(ROOT, "/web", name)).isEqualTo(value);
    }
    fails(Errno.EOPNOTSUPP, () -> fs.setxattr(ROOT, "/web", "system.posix_acl_access", value, 0));
    fails(Errno.EINVAL, () -> fs.setxattr(ROOT, "/web", "user.", value, 0)); // xattr_resolve_name
    fails(Errno.EINVAL, () -> fs.getxattr(ROOT, "/web", "trusted."));
    fails(Errno.ENOMEM, () -> fs.setxattr(ROOT, "/web", "trusted.big", new byte[64 << 10], 0));
    fails(Errno.ENOSPC, () -> fs.setxattr(ROOT, "/web", "user.big", new byte[64 << 10], 0));
    assertThat(fs.listxattr(ROOT, "/web")).hasSize(3);
    value[0] = 'x';
    assertThat(fs.getxattr(ROOT, "/web", "user.a")).as("a copy").containsExactly('v');
  }

  @Test
  void theTextThatIsReadInPiecesIsWhole() throws Exception {
    long handle = fs.open(ROOT, "/web/memory.stat", PLAIN);
    StringBuilder text = new StringBuilder();
    while (true) {
      byte[] part = fs.read(ROOT, handle, text.length(), 7); // dd bs=7 if=web/memory.stat
      if (part.length == 0) {
        break;
      }
      assertThat(part.length).isLessThanOrEqualTo(7);
      text.append(new String(part, StandardCharsets.ISO_8859_1));
    }
    fs.release(handle);
    assertThat(text).hasToString(cat("/web/memory.stat"));
    assertThat(text.toString()).endsWith("total_unevictable 0\n");
  }

  @Test
  void refusalsAreToldWhereTheyHappenedAndNowhereElse() throws Exception {
    fs.mkdir(ROOT, "/db", 0755);
    long handle = fs.open(USER, "/web/memory.limit_in_bytes", PLAIN);
    fails(Errno.EINVAL, () -> fs.write(USER, handle, "x".getBytes(StandardCharsets.US_ASCII)));
    fs.release(handle);
    assertThat(cat("/web/sim.why")).contains("test[200] write web/memory.limit_in_bytes \"x\" ");
    assertThat(cat("/db/sim.why")).isEmpty();
    assertThat(cat("/sim.why")).isEmpty();
    assertThat(cat("/sim.journal")).contains("web/memory.limit_in_bytes \"x\"");
    fails(Errno.ENOENT, () -> fs.rmdir(ROOT, "/nowhere"));
    assertThat(cat("/sim.why")).contains("rmdir nowhere").contains("ENOENT");
    // what shells and tools look for all the time is no news
    fails(Errno.ENOENT, () -> fs.getattr(ROOT, "/web/cgroup.controllers"));
    assertThat(cat("/web/sim.why")).doesNotContain("cgroup.controllers");
  }

  @Test
  void aStrictMountRecordsNothingAndHasNoFileToTellIt() throws Exception {
    MemoryTree strict = trees.newTree(Profiles.LWN_2011, new FakeMembership());
    CgroupFs its = newFs(strict);
    fails(Errno.ENOENT, () -> its.rmdir(ROOT, "/nowhere"));
    fails(Errno.ENOENT, () -> its.open(ROOT, "/sim.journal", PLAIN));
  }

  @Test
  void pathsThatLeadThroughNothingAreEnoent() {
    fails(Errno.ENOENT, () -> fs.getattr(ROOT, "/nowhere/tasks"));
    fails(Errno.ENOENT, () -> fs.open(ROOT, "/nowhere/tasks", PLAIN));
    fails(Errno.ENOENT, () -> fs.mkdir(ROOT, "/nowhere/group", 0755));
    fails(Errno.ENOENT, () -> fs.rename(ROOT, "/web", "/nowhere/web"));
    fails(Errno.ENOENT, () -> fs.chmod(ROOT, "/nowhere", 0700));
    fails(Errno.ENOENT, () -> fs.getxattr(ROOT, "/web/nothing", "user.a"));
  }

  private String cat(String path) throws ErrnoException {
    long handle = fs.open(ROOT, path, PLAIN);
    try {
      return new String(fs.read(ROOT, handle, 0, 1 << 20), StandardCharsets.ISO_8859_1);
    } finally {
      fs.release(handle);
    }
  }

  private static void fails(Errno errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ErrnoException.class,
            refusal -> {
              assertThat(refusal.errno()).as(refusal.why()).isEqualTo(errno);
              assertThat(refusal.why()).isNotBlank().doesNotContain("null");
            });
  }
}
