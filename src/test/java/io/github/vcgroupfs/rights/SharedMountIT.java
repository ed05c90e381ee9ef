package io.github.vcgroupfs.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import io.github.vcgroupfs.testing.Syscalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two real users on one mount of root's: what each may have, and what they see of each other. */
@MountTest
class SharedMountIT {
  /** The users of the next test: what those of another have would count. */
  private static int lastUid = 2_000;

  private final int user = ++lastUid;
  private final int other = ++lastUid;

  private static MountedFs mount;

  @BeforeAll
  static void mountForAll() throws Exception {
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "root needed");
    Needs.programs("setpriv", "unshare");
    mount = MountedFs.start("--quota", "connections=50,groups=3,faults=2");
    Syscalls.chmod(mount.root().getParent(), 0755);
  }

  @AfterAll
  static void unmount() throws Exception {
    if (mount != null) {
      mount.close();
    }
  }

  /** A group of root's in which a user may make groups, and two of that user's. */
  private static void make(String top, int uid) throws Exception {
    mount.mkdir(top);
    Syscalls.chown(mount.path(top), uid, uid);
    assertThat(as(uid, "mkdir %s/a %s/b".formatted(top, top)).status()).isZero();
  }

  /** A script of a user in the root of the mount. */
  private static Ended as(int uid, String script) throws Exception {
    return Program.runToEnd(words(uid, script));
  }

  private static List<String> words(int uid, String script) {
    String id = Integer.toString(uid);
    return List.of(
        "setpriv",
        "--reuid=" + id,
        "--regid=" + id,
        "--clear-groups",
        "sh",
        "-c",
        "cd " + mount.root() + "; " + script);
  }

  @Test
  void aUserAtTheQuotasIsToldSoAndTheOtherIsNotConcerned() throws Exception {
    make("u", user);
    make("o", other);
    String fill = "echo 'add f connections=50 send=0' > %s/a/sim.tcp.flows && mkdir %s/c";
    assertThat(as(user, fill.formatted("u", "u")).status()).isZero();

    Ended more = as(user, "echo 'add g connections=1000000' | tee u/b/sim.tcp.flows");
    assertThat(more.err()).contains("No space left on device");
    assertThat(mount.read("u/b/sim.why"))
        .contains("uid %d has 50 simulated connections".formatted(user), "--quota connections=N");
    assertThat(as(user, "mkdir u/d").err()).contains("No space left on device");
    Ended faults =
        as(
            user,
            "printf 'open error=EACCES\\nread error=EINTR\\nrmdir error=EBUSY\\n' | tee u/b/sim.fault");
    assertThat(faults.err()).contains("No space left on device");
    assertThat(mount.read("u/b/sim.fault")).isEmpty();
    assertThat(as(user, "cat sim.quota").out())
        .contains("uid_" + user)
        .containsPattern("connections +50 +50 +\\d+ +1000000\n")
        .containsPattern("groups +3 +3 ");

    assertThat(as(other, fill.formatted("o", "o")).status()).isZero();
    mount.write("u/a/sim.tcp.flows", "add root connections=100 send=0");
    mount.mkdir("u/root");
    assertThat(as(user, "echo remove f > u/a/sim.tcp.flows; rmdir u/c; cat sim.quota").out())
        .containsPattern("connections +0 +50 ")
        .containsPattern("groups +2 +3 ");
  }

  @Test
  void theJournalShowsAUserOnlyWhatHeMayRead() throws Exception {
    make("ju", user);
    make("jo", other);
    as(user, "echo 4M > ju/a/memory.limit_in_bytes; echo 5M > ju/b/memory.limit_in_bytes");
    as(user, "chmod 0700 ju/b; echo x > ju/a/memory.limit_in_bytes");
    String seen = as(other, "cat sim.journal ju/a/sim.why").out();
    assertThat(seen).contains(" write ju/a/memory.limit_in_bytes \"4M\"", "\"x\"", "mkdir jo/a");
    assertThat(seen).doesNotContain("ju/b");
    assertThat(as(user, "cat sim.journal").out()).contains("ju/b/memory.limit_in_bytes \"5M\"");
    assertThat(mount.read("sim.journal")).contains("ju/b/memory.limit_in_bytes \"5M\"");
  }

  /** Each process of the one is named as the other can see it: by number, or not at all. */
  @Test
  void processesAreNamedAsTheReaderSeesThem() throws Exception {
    make("pu", user);
    make("po", other);
    as(user, "echo 4M > pu/a/memory.limit_in_bytes");
    String read = "echo 6M > po/a/memory.limit_in_bytes; grep -a limit_in_bytes sim.journal; true";
    assertThat(as(other, read).out()).containsPattern("sh\\[\\d+] write pu/a/");

    List<String> inside = new ArrayList<>(List.of("unshare", "--pid", "--fork", "--mount-proc"));
    inside.addAll(words(other, read));
    assertThat(Program.runToEnd(inside).out()).contains(" ?[?] write pu/a/", " sh[1] write po/a/");
  }

  /** Behind hidepid=2 in the namespace of the daemon itself. */
  @Test
  void hidepidHidesTheNamesOfOthers() throws Exception {
    make("hu", user);
    make("ho", other);
    as(user, "echo 4M > hu/a/memory.limit_in_bytes");
    String read = "echo 6M > ho/a/memory.limit_in_bytes; grep -a limit_in_bytes sim.journal; true";
    // a procfs of its own: the options of the host's are shared by all who mount it
    List<String> hidden = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c"));
    hidden.add("mount -t proc -o hidepid=2 proc /proc; exec \"$@\"");
    hidden.add("sh");
    hidden.addAll(words(other, read));
    assertThat(Program.runToEnd(hidden).out())
        .contains(" ?[?] write hu/a/")
        .containsPattern(" sh\\[\\d+] write ho/a/");
  }
}
