package io.github.vcgroupfs.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.controllers.ServedStandIns;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.MemoryTrees;
import io.github.vcgroupfs.rights.Readers;
import io.github.vcgroupfs.rights.Sharing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What users see of each other in {@code sim.why} and {@code sim.journal}; the shell's command
 * beside each.
 */
class OnlookerOpsTest {
  private static final Caller ROOT = new Caller(0, 0, 1);
  private static final Caller OWNER = new Caller(500, 500, 2);
  private static final Caller USER = new Caller(1000, 1000, 3);
  private static final Caller OTHER = new Caller(2000, 2000, 4);

  /** In the user's group by its supplementary groups. */
  private static final Caller FRIEND = new Caller(3000, 3000, 5);

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  private CgroupFs fs;

  @BeforeEach
  void mount() throws Exception {
    MemoryTree tree = trees.newTree(Profiles.LWN_2011.relaxed(), new FakeMembership());
    fs =
        new CgroupFs(
            tree.tree(),
            ServedStandIns.of(tree.tree()),
            SizeMode.EXACT,
            Sharing.byDefault(OWNER).knowing(OnlookerOpsTest::reader),
            Clock.systemUTC(),
            new Faults(0, ms -> {}));
    trees.watchHandles(fs::openHandles);
    fs.mkdir(USER, "/u", 0755); // mkdir u
  }

  /** The friend is in group 1000. The other one sees no processes but the own ones. */
  private static Readers.Reader reader(Caller caller) {
    return new Readers.Reader() {
      @Override
      public boolean isIn(int gid) {
        return caller.equals(FRIEND) && gid == 1000;
      }

      @Override
      public @Nullable String process(String process, int uid) {
        return caller.equals(OTHER) && uid != OTHER.uid() ? null : process;
      }
    };
  }

  private void echo(Caller caller, String text, String path) throws ErrnoException {
    long handle = fs.open(caller, path, new OpenFlags(false, false));
    try {
      fs.write(caller, handle, text.getBytes(StandardCharsets.ISO_8859_1));
    } finally {
      fs.release(handle);
    }
  }

  private void refused(Caller caller, String text, String path) {
    assertThat(catchThrowableOfType(ErrnoException.class, () -> echo(caller, text, path)))
        .isNotNull();
  }

  private List<String> cat(Caller caller, String path) throws ErrnoException {
    long handle = fs.open(caller, path, new OpenFlags(false, false));
    try {
      return text(caller, handle, 0, 1 << 16).lines().toList();
    } finally {
      fs.release(handle);
    }
  }

  private String text(Caller caller, long handle, long offset, int size) throws ErrnoException {
    return new String(fs.read(caller, handle, offset, size), StandardCharsets.ISO_8859_1);
  }

  /** Who sees a line with that text, in the root's journal and in the group's sim.why. */
  private void seenBy(String text, Caller... readers) throws ErrnoException {
    for (Caller each : List.of(ROOT, OWNER, USER, FRIEND, OTHER)) {
      boolean sees = List.of(readers).contains(each);
      assertThat(cat(each, "/sim.journal").stream().anyMatch(line -> line.contains(text)))
          .as("uid %d sees \"%s\"", each.uid(), text)
          .isEqualTo(sees);
    }
  }

  @Test
  void whoMayReadTheFileSeesWhatOthersDidToIt() throws Exception {
    echo(USER, "4M", "/u/memory.limit_in_bytes");
    refused(USER, "1x", "/u/memory.limit_in_bytes");
    seenBy("u/memory.limit_in_bytes \"4M\"", ROOT, OWNER, USER, FRIEND, OTHER);
    seenBy("u/memory.limit_in_bytes \"1x\"", ROOT, OWNER, USER, FRIEND, OTHER);
    fs.chmod(USER, "/u/memory.limit_in_bytes", 0640); // chmod o= u/memory.limit_in_bytes
    seenBy("u/memory.limit_in_bytes \"4M\"", ROOT, OWNER, USER, FRIEND);
    assertThat(cat(OTHER, "/u/sim.why")).isEmpty();
    assertThat(cat(FRIEND, "/u/sim.why")).hasSize(1);
    fs.chmod(USER, "/u/memory.limit_in_bytes", 0604); // the group's bits count for the friend
    seenBy("u/memory.limit_in_bytes \"4M\"", ROOT, OWNER, USER, OTHER);
    fs.chmod(USER, "/u/memory.limit_in_bytes", 0044); // the owner's for the user, who wrote it
    seenBy("u/memory.limit_in_bytes \"4M\"", ROOT, OWNER, USER, FRIEND, OTHER);
  }

  @Test
  void whatIsInADirectoryThatOthersCannotEnterIsNotSeen() throws Exception {
    fs.mkdir(USER, "/u/a", 0755);
    echo(USER, "4M", "/u/a/memory.limit_in_bytes");
    seenBy("mkdir u/a", ROOT, OWNER, USER, FRIEND, OTHER);
    fs.chmod(USER, "/u", 0750); // chmod o= u
    seenBy("mkdir u/a", ROOT, OWNER, USER, FRIEND);
    seenBy("write u/a/memory.limit_in_bytes", ROOT, OWNER, USER, FRIEND);
    seenBy("chmod u", ROOT, OWNER, USER, FRIEND);
    fs.chmod(USER, "/u", 0711); // may be entered, not listed
    seenBy("mkdir u/a", ROOT, OWNER, USER, FRIEND, OTHER);
    seenBy("chmod u", ROOT, OWNER, USER);
  }

  @Test
  void whatIsGoneIsTheBusinessOfWhoDidItAndOfTheOwner() throws Exception {
    fs.mkdir(USER, "/u/a", 0755);
    echo(OTHER, "4M", "/u/a/memory.limit_in_bytes");
    fs.rmdir(USER, "/u/a");
    seenBy("mkdir u/a", ROOT, OWNER, USER);
    seenBy("rmdir u/a", ROOT, OWNER, USER);
    seenBy("write u/a/memory.limit_in_bytes", ROOT, OWNER, OTHER);
    fs.mkdir(FRIEND, "/u/a", 0755); // another one of that name
    seenBy("write u/a/memory.limit_in_bytes", ROOT, OWNER, OTHER);
    fs.rename(USER, "/u/a", "/u/b"); // mv u/a u/b
    seenBy("rename u/a", ROOT, OWNER, USER);
  }

  @Test
  void aFileThatNobodyCanReadIsTheBusinessOfWhoWroteIt() throws Exception {
    refused(USER, "nonsense", "/u/cgroup.event_control");
    seenBy("u/cgroup.event_control \"nonsense\"", ROOT, OWNER, USER);
  }

  @Test
  void whomARelayConnectsIsTheBusinessOfWhoWroteThatAndOfTheFilesOwner() throws Exception {
    echo(OWNER, "add r listen=127.0.0.1:0 connect=secret:80", "/u/sim.tcp.relay");
    seenBy("connect=secret:80", ROOT, OWNER, USER);
    fs.chown(ROOT, "/u/sim.tcp.relay", 2000, 2000);
    seenBy("connect=secret:80", ROOT, OWNER, OTHER);
  }

  @Test
  void aProcessThatTheReaderCannotSeeIsLeftOut() throws Exception {
    echo(USER, "4M", "/u/memory.limit_in_bytes");
    assertThat(cat(OTHER, "/sim.journal"))
        .anySatisfy(line -> assertThat(line).contains(" ?[?] write u/memory.limit_in_bytes"));
    assertThat(cat(FRIEND, "/sim.journal"))
        .anySatisfy(line -> assertThat(line).contains("[3] write u/memory.limit_in_bytes"));
  }

  @Test
  void aHandleShowsWhatItsOpenerMaySeeWhoeverReads() throws Exception {
    fs.chmod(USER, "/u", 0700);
    long handle = fs.open(OTHER, "/sim.journal", new OpenFlags(false, false));
    try {
      // a setuid program reads what the shell of the other one has opened for it
      assertThat(text(ROOT, handle, 0, 1 << 16)).doesNotContain("chmod u");
      assertThat(text(OTHER, handle, 0, 1 << 16)).doesNotContain("chmod u");
    } finally {
      fs.release(handle);
    }
  }

  @Test
  void theSizeIsThatOfWhatTheReaderSees() throws Exception {
    fs.chmod(USER, "/u", 0700);
    long theirs = fs.getattr(OTHER, "/sim.journal").sizeBytes();
    long all = fs.getattr(ROOT, "/sim.journal").sizeBytes();
    assertThat(theirs).isZero();
    assertThat(all).isPositive();
  }
}
