package io.github.vcgroupfs.hostview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import io.github.vcgroupfs.testing.SharedResources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code sim.proc/} is for: bound over the same files of {@code /proc} by whoever makes a
 * container, without {@code vcgroupfs run}, it lets unmodified programs find the hierarchy where
 * there is no other v1 hierarchy at all.
 */
@MountTest
@Tag("programs")
@ResourceLock(value = SharedResources.MOUNT_COPIES, mode = ResourceAccessMode.READ)
class SimProcIT {
  private static final String NEW_PIDS = "unshare --mount --pid --fork --mount-proc";
  private static final String OLD_PIDS = "unshare --mount";

  /** {@code sh MOUNT COMMAND…}, in a mount namespace of its own. */
  private static final String CONTAINER =
      """
      set -eu
      mount=$1; shift
      umount -l /sys/fs/cgroup
      mount -t tmpfs none /sys/fs/cgroup
      mkdir /sys/fs/cgroup/memory
      mount --bind $mount /sys/fs/cgroup/memory
      echo $$ > $mount/web/cgroup.procs
      mount --bind $mount/sim.proc/cgroups /proc/cgroups
      for file in mounts mountinfo cgroup; do
        mount --bind $mount/sim.proc/$file /proc/$$/$file # exec keeps the process
      done
      exec "$@"
      """;

  private static MountedFs mount;

  @BeforeAll
  static void startMount() throws Exception {
    mount = MountedFs.start();
    mount.mkdir("web");
    mount.write("web/memory.limit_in_bytes", "1G");
  }

  @AfterAll
  static void endMount() throws Exception {
    mount.close();
  }

  @BeforeEach
  void requireRoot() throws Exception {
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "root needed");
    assumeTrue(
        Program.runToEnd(List.of("unshare", "--mount", "--pid", "--fork", "true")).status() == 0,
        "unshare fails");
  }

  private static Ended contain(String unshare, String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of(unshare.split(" ")));
    words.addAll(List.of("sh", "-c", CONTAINER, "sh", mount.root().toString()));
    words.addAll(List.of(command));
    return Program.runToEnd(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {OLD_PIDS, NEW_PIDS})
  void lssubsysFindsTheHierarchy(String unshare) throws Exception {
    Needs.programs("lssubsys");
    assertThat(contain(unshare, "lssubsys", "-m", "memory"))
        .isEqualTo(new Ended(0, "memory /sys/fs/cgroup/memory\n", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {OLD_PIDS, NEW_PIDS})
  void aJvmFindsItsLimit(String unshare) throws Exception {
    String java = Program.java().get(0);
    Ended ended = contain(unshare, java, "-XX:+PrintFlagsFinal", "-version");
    assertThat(ended.out()).as("%s", ended).containsPattern(" MaxHeapSize += 268435456 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {OLD_PIDS, NEW_PIDS})
  void eachReaderIsToldOfItself(String unshare) throws Exception {
    Ended ended =
        contain(
            unshare,
            "sh",
            "-c",
            """
            sed -n 's/^[0-9]*://p' /proc/$$/cgroup | grep memory
            grep -c ' /sys/fs/cgroup/memory .* - cgroup cgroup rw,memory$' /proc/$$/mountinfo
            cd /sys/fs/cgroup/memory
            echo $$ > cgroup.procs
            sed -n 's/^[0-9]*://p' /sys/fs/cgroup/memory/sim.proc/cgroup | grep memory
            """);
    assertThat(ended.out()).as("%s", ended).isEqualTo("memory:/web\n1\nmemory:/\n");
  }

  @Test
  void aContainerOfBubblewrapBindsThem() throws Exception {
    Needs.programs("bwrap", "lssubsys");
    Path proc = mount.path("sim.proc");
    List<String> words = new ArrayList<>(List.of("bwrap", "--unshare-pid", "--as-pid-1"));
    words.addAll(List.of("--ro-bind", "/", "/", "--proc", "/proc", "--dev-bind", "/dev", "/dev"));
    words.addAll(List.of("--ro-bind", proc + "/cgroups", "/proc/cgroups"));
    for (String file : List.of("mounts", "mountinfo", "cgroup")) {
      words.addAll(List.of("--ro-bind", proc + "/" + file, "/proc/1/" + file));
    }
    words.addAll(List.of("--tmpfs", "/sys/fs/cgroup"));
    words.addAll(List.of("--bind", mount.root().toString(), "/sys/fs/cgroup/memory", "--"));
    words.addAll(List.of("lssubsys", "-m", "memory"));
    assertThat(Program.runToEnd(words))
        .isEqualTo(new Ended(0, "memory /sys/fs/cgroup/memory\n", ""));
  }
}
