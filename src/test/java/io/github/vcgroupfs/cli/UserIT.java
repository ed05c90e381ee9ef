package io.github.vcgroupfs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import io.github.vcgroupfs.testing.SharedResources;
import io.github.vcgroupfs.testing.Syscalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Users who are not root: as mounters, through fusermount, and as guests of root's mounts. Each
 * test is a shell script in a mount namespace of its own, where everybody may open {@code
 * /dev/fuse}.
 */
@MountTest
@Tag("jdk")
@ResourceLock(value = SharedResources.DEAD_MOUNTS, mode = ResourceAccessMode.READ)
class UserIT {
  private static final int NOBODY = 65534;

  /** {@code nobody CMD}, {@code vcgroupfs …} as nobody, {@code start …} for a daemon. */
  private static final String PRELUDE =
      """
      set -eu
      mknod -m 0666 FOLDER/fuse c 10 229
      mount --bind FOLDER/fuse /dev/fuse
      nobody() {
        setpriv --reuid=65534 --regid=65534 --clear-groups \\
          env HOME=HOMEFOLDER XDG_STATE_HOME=HOMEFOLDER/state "$@"
      }
      vcgroupfs() { nobody COMMAND "$@"; }
      start() {
        : >FOLDER/said
        : >FOLDER/complained
        "$@" >FOLDER/said 2>FOLDER/complained &
        daemon=$!
        while kill -0 $daemon && ! grep -q . FOLDER/said; do sleep 0.05; done
        cat FOLDER/complained >&2
      }
      """;

  private Path folder;
  private Path home;
  private Path place;

  @BeforeEach
  void makeHome() throws Exception {
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "root needed");
    assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")), "setpriv is missing");
    assumeTrue(Files.exists(Path.of("/usr/bin/fusermount")), "fusermount is missing");
    assumeTrue(
        Program.runToEnd(List.of("unshare", "--mount", "true")).status() == 0, "unshare fails");
    folder = Files.createTempDirectory("vcgroupfs-it").toRealPath();
    Syscalls.chmod(folder, 0755);
    home = folder.resolve("home");
    place = home.resolve("mnt");
    assertThat(Syscalls.mkdir(home)).isZero();
    assertThat(Syscalls.chown(home, NOBODY, NOBODY)).isZero();
    Files.copy(Program.JAR, home.resolve("vcgroupfs.jar")); // where nobody can read it
    Syscalls.chmod(home.resolve("vcgroupfs.jar"), 0644);
  }

  @AfterEach
  void clearUp() throws Exception {
    if (folder != null) {
      assertThat(Program.runToEnd(List.of("rm", "-rf", folder.toString())).status()).isZero();
    }
  }

  private Ended script(String script) throws IOException, InterruptedException {
    String program =
        Program.command().stream()
            .map(word -> word.equals(Program.JAR.toString()) ? home + "/vcgroupfs.jar" : word)
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    String whole =
        (PRELUDE + script)
            .replace("HOMEFOLDER", home.toString())
            .replace("FOLDER", folder.toString())
            .replace("PLACE", place.toString())
            .replace("COMMAND", program);
    return Program.runToEnd(List.of("unshare", "--mount", "sh", "-c", whole));
  }

  @Test
  void aUserMountsThroughFusermount() throws Exception {
    Ended ended =
        script(
            """
            start vcgroupfs mount PLACE
            sed 's/pid [0-9]*/pid N/' FOLDER/said
            cat PLACE/tasks 2>&1 || echo "root is not let in"
            nobody stat -c '%u %g %a' PLACE
            nobody sh -c 'mkdir PLACE/g && echo 4096 > PLACE/g/kmem.tcp.limit_in_bytes'
            nobody cat PLACE/g/kmem.tcp.limit_in_bytes
            vcgroupfs umount PLACE
            wait $daemon
            echo "ended with $?"
            """);
    String log = place.toString().substring(1).replace('/', '-') + ".log";
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .isEqualTo(
            """
            vcgroupfs: lwn-2011 mounted on PLACE (pid N, log HOMEFOLDER/state/vcgroupfs/%s)
            cat: PLACE/tasks: Permission denied
            root is not let in
            65534 65534 755
            4096
            ended with 0
            """
                .formatted(log)
                .replace("HOMEFOLDER", home.toString())
                .replace("PLACE", place.toString()));
  }

  @Test
  void aUserWhoMayNotListenHasMembersToldFromProc() throws Exception {
    int paranoid =
        Integer.parseInt(Files.readString(Path.of("/proc/sys/kernel/perf_event_paranoid")).strip());
    Ended ended =
        script(
            """
            start vcgroupfs mount --log-level debug PLACE
            nobody mkdir PLACE/g
            nobody sh -c 'echo $$ > PLACE/g/tasks; sh -c "cat PLACE/g/tasks; :" | wc -l'
            nobody grep -o "members are told [a-z ]*" HOMEFOLDER/state/vcgroupfs/*.log
            vcgroupfs umount PLACE
            """);
    String from = paranoid > 0 ? "from " : "by the events of the kernel";
    assertThat(ended.out() + ended.err()).isEqualTo("4\nmembers are told " + from + "\n");
  }

  @Test
  void aUsersDeadMountIsCleared() throws Exception {
    Ended ended =
        script(
            """
            start vcgroupfs mount PLACE
            kill -KILL "$(sed 's/.*(pid \\([0-9]*\\).*/\\1/' FOLDER/said)"
            wait $daemon || echo "killed"
            nobody cat PLACE/tasks 2>&1 || true
            start vcgroupfs mount PLACE
            nobody cat PLACE/notify_on_release
            vcgroupfs umount PLACE
            """);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .isEqualTo(
            "killed\ncat: %s/tasks: Transport endpoint is not connected\n0\n".formatted(place));
  }

  @Test
  void allowOtherNeedsTheConsentOfRoot() throws Exception {
    Ended ended =
        script(
            """
            : > FOLDER/conf
            mount --bind FOLDER/conf /etc/fuse.conf
            for option in --allow-other --strict; do
              vcgroupfs mount $option PLACE || echo "status $?"
            done
            vcgroupfs doctor | grep user_allow_other
            echo user_allow_other > FOLDER/conf
            start vcgroupfs mount --strict PLACE
            cat PLACE/notify_on_release
            vcgroupfs umount PLACE
            """);
    String missing =
        "vcgroupfs: user_allow_other is missing: not set in /etc/fuse.conf. To mend it:"
            + " echo user_allow_other >> /etc/fuse.conf as root\n";
    assertThat(ended.err()).isEqualTo(missing + missing);
    assertThat(ended.out())
        .isEqualTo(
            "status 3\nstatus 3\n"
                + "ok       user_allow_other  not set in /etc/fuse.conf: mounts work, but not"
                + " --allow-other and --strict; for them: echo user_allow_other >>"
                + " /etc/fuse.conf as root\n"
                + "0\n");
    assertThat(ended.status()).isZero();
  }

  @Test
  void aUserMayOnlyMountOnWhatIsTheirs() throws Exception {
    Ended ended =
        script(
            """
            mkdir FOLDER/roots
            vcgroupfs mount FOLDER/roots || echo "status $?"
            vcgroupfs mount FOLDER/new || echo "status $?"
            """);
    assertThat(ended.out()).isEqualTo("status 1\nstatus 1\n");
    assertThat(ended.err())
        .isEqualTo(
            """
            vcgroupfs: FOLDER/roots cannot be the mount point: this user may not write to it
            vcgroupfs: FOLDER/new cannot be the mount point: permission denied
            """
                .replace("FOLDER", folder.toString()));
  }

  /** A user's daemon sees the user's processes only; those of others it does not even know. */
  @Test
  void aUsersDaemonWorksWhereProcHidesTheProcessesOfOthers() throws Exception {
    Ended ended =
        script(
            """
            mount -t proc -o hidepid=2 proc /proc
            echo user_allow_other > FOLDER/conf
            mount --bind FOLDER/conf /etc/fuse.conf
            start vcgroupfs mount --allow-other PLACE
            nobody mkdir PLACE/g
            nobody sh -c 'echo $$ > PLACE/g/tasks && grep -cx $$ PLACE/g/tasks'
            sh -c 'echo $$ > PLACE/g/tasks' 2>/dev/null || echo "not moved"
            nobody cat PLACE/g/sim.why | sed 's/.*→ //; s/[0-9][0-9]*/N/g'
            nobody cat PLACE/g/tasks
            vcgroupfs umount PLACE
            wait $daemon
            echo "ended with $?"
            """);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .isEqualTo(
            """
            1
            not moved
            ESRCH: no process N: it has exited, or /proc hides it (hidepid); write the id of a live one
            ended with 0
            """);
  }

  @Test
  void theDeviceMayBeClosedToUsers() throws Exception {
    Ended ended = script("chmod 0600 FOLDER/fuse\nvcgroupfs mount PLACE || echo \"status $?\"\n");
    assertThat(ended.out()).isEqualTo("status 3\n");
    assertThat(ended.err())
        .isEqualTo(
            "vcgroupfs: /dev/fuse is missing: this user may not open it."
                + " To mend it: chmod 0666 /dev/fuse as root\n");
  }

  @Test
  void everybodyMayLookAtRootsMountAndOnlyRootMayWrite() throws Exception {
    Ended ended =
        script(
            """
            start COMMAND mount --log FOLDER/log PLACE
            nobody cat PLACE/memory.use_hierarchy
            nobody mkdir PLACE/g 2>&1 || true
            nobody sh -c '/bin/echo 1 > PLACE/memory.use_hierarchy' 2>&1 || true
            vcgroupfs umount PLACE 2>&1 || echo "status $?"
            COMMAND umount PLACE
            """);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("0"),
            line -> assertThat(line).startsWith("mkdir: ").endsWith("Permission denied"),
            line -> assertThat(line).startsWith("sh: ").endsWith("Permission denied"),
            line -> assertThat(line).startsWith("vcgroupfs: cannot unmount " + place + ": "),
            line -> assertThat(line).isEqualTo("status 1"));
  }
}
