package io.github.vcgroupfs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import io.github.vcgroupfs.testing.SharedResources;
import io.github.vcgroupfs.testing.Syscalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The recipes of the page on containers. Each test is a shell script in a mount namespace of its
 * own, in a folder of its own.
 */
@MountTest
@Tag("programs")
@ResourceLock(value = SharedResources.MOUNT_COPIES, mode = ResourceAccessMode.READ)
class ContainersIT {
  private static final int NOBODY = 65534;

  /** {@code contain NAME COMMAND…}: a runtime, which crun wants without v2; {@code nobody CMD}. */
  private static final String PRELUDE =
      """
      set -eu
      contain() {
        runtime=$1; shift
        if [ $runtime = crun ] && [ -e /sys/fs/cgroup/unified/cgroup.procs ]; then
          umount -l /sys/fs/cgroup/unified
        fi
        echo | "$@" $runtime --root $state run --bundle $bundle vcgroupfs-it-$$ 2>&1 | cat
      }
      nobody() {
        setpriv --reuid=65534 --regid=65534 --clear-groups \\
          env HOME=FOLDER/nobody XDG_RUNTIME_DIR=FOLDER/nobody "$@"
      }
      start() {
        : >FOLDER/said
        "$@" >FOLDER/said & daemon=$!
        while kill -0 $daemon && ! grep -q . FOLDER/said; do sleep 0.05; done
      }
      bundle=FOLDER/bundle state=FOLDER/state
      """;

  /** What each container does with its own group, by busybox, and what that is to say. */
  private static final String DEEDS =
      """
      cd /sys/fs/cgroup/memory/GROUP
      busybox cat memory.limit_in_bytes
      busybox echo 1M > memory.limit_in_bytes
      busybox cat memory.limit_in_bytes
      echo $$ > cgroup.procs
      grep -q "[1-9]" cgroup.procs && echo member
      grep -c " /sys/fs/cgroup/memory fuse.cgroup " /proc/mounts
      """;

  private static final String DONE = "9223372036854775807\n1048576\nmember\n1\n";

  private Path folder;

  @BeforeEach
  void makeFolder() throws Exception {
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "root needed");
    assumeTrue(
        Program.runToEnd(List.of("unshare", "--mount", "true")).status() == 0, "unshare fails");
    folder = Files.createTempDirectory("vcgroupfs-it").toRealPath();
    Syscalls.chmod(folder, 0755);
    Path home = Files.createDirectory(folder.resolve("nobody"));
    Syscalls.chown(home, NOBODY, NOBODY);
    for (String name : List.of("oci-bundle", "in-bwrap")) { // where nobody can read them
      Path copy = Files.copy(Path.of("mount-scripts", name), folder.resolve(name));
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Path jar = Files.copy(Program.JAR, folder.resolve("vcgroupfs.jar"));
    Syscalls.chmod(jar, 0644);
  }

  @AfterEach
  void clearUp() throws Exception {
    if (folder != null) {
      assertThat(
              Program.runToEnd(List.of("rm", "-rf", "--one-file-system", folder.toString()))
                  .status())
          .isZero();
    }
  }

  /** Whether a container runs at all here, with the same bundle but for the hierarchy. */
  private void needsContainers(String runtime) throws Exception {
    Needs.programs(runtime, "busybox");
    Ended probe =
        script(
            """
            mkdir FOLDER/fake && : > FOLDER/fake/memory.limit_in_bytes
            FOLDER/oci-bundle FOLDER/fake $bundle true
            grep -v '"type": "bind"' $bundle/config.json > $bundle/c && mv $bundle/c $bundle/config.json
            contain RUNTIME env
            rm -r $bundle FOLDER/fake
            """
                .replace("RUNTIME", runtime));
    Needs.that(probe.status() == 0 && probe.out().isEmpty(), runtime + " does not work: " + probe);
  }

  private Ended script(String script) throws Exception {
    String program =
        Program.command().stream()
            .map(word -> word.equals(Program.JAR.toString()) ? folder + "/vcgroupfs.jar" : word)
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    String whole =
        (PRELUDE + script).replace("FOLDER", folder.toString()).replace("PROGRAM", program);
    return Program.runToEnd(List.of("unshare", "--mount", "sh", "-c", whole));
  }

  private static String deeds(String group) {
    return "'" + DEEDS.replace("GROUP", group) + "'";
  }

  @ParameterizedTest
  @ValueSource(strings = {"runc", "crun"})
  void aContainerOfRootHasTheWholeHierarchy(String runtime) throws Exception {
    needsContainers(runtime);
    try (MountedFs mount = MountedFs.at(folder.resolve("memory"))) {
      mount.mkdir("web");
      Ended ended =
          script(
              """
              echo $$ > FOLDER/memory/web/cgroup.procs
              FOLDER/oci-bundle FOLDER/memory $bundle sh -euc DEEDS
              contain RUNTIME env
              """
                  .replace("DEEDS", deeds("web"))
                  .replace("RUNTIME", runtime));
      assertThat(ended.out()).as("%s", ended).isEqualTo(DONE);
      assertThat(mount.read("web/memory.limit_in_bytes")).isEqualTo("1048576\n");
      assertThat(mount.read("sim.journal")).contains("web/cgroup.procs \"1\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"runc", "crun"})
  void aContainerInAUserNamespaceHasAGroupOfItsOwn(String runtime) throws Exception {
    needsContainers(runtime);
    try (MountedFs mount = MountedFs.at(folder.resolve("memory"))) {
      mount.mkdir("web");
      Ended ended =
          script(
              """
              chown -R 100000:100000 FOLDER/memory/web
              FOLDER/oci-bundle --userns FOLDER/memory/web $bundle sh -euc DEEDS
              contain RUNTIME env
              """
                  .replace("DEEDS", deeds(""))
                  .replace("RUNTIME", runtime));
      assertThat(ended.out()).as("%s", ended).isEqualTo(DONE);
      assertThat(mount.read("web/memory.limit_in_bytes")).isEqualTo("1048576\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"runc", "crun"})
  void aContainerWithoutRootHasAGroupOfItsOwn(String runtime) throws Exception {
    needsContainers(runtime);
    Needs.programs("setpriv");
    try (MountedFs mount = MountedFs.at(folder.resolve("memory"))) {
      mount.mkdir("web");
      Ended ended =
          script(
              """
              chown -R 65534:65534 FOLDER/memory/web
              bundle=FOLDER/nobody/bundle state=FOLDER/nobody/state
              cd FOLDER
              nobody FOLDER/oci-bundle --rootless FOLDER/memory/web $bundle sh -euc DEEDS
              contain RUNTIME nobody
              """
                  .replace("DEEDS", deeds(""))
                  .replace("RUNTIME", runtime));
      assertThat(ended.out()).as("%s", ended).isEqualTo(DONE);
      assertThat(mount.read("web/memory.limit_in_bytes")).isEqualTo("1048576\n");
    }
  }

  /** The parent of the mount point is a slave in the container. */
  @ParameterizedTest
  @ValueSource(strings = {"runc", "crun"})
  void aDaemonThatStartsAgainIsSeenInTheContainer(String runtime) throws Exception {
    needsContainers(runtime);
    Ended ended =
        script(
            """
            mkdir FOLDER/p && mount --bind FOLDER/p FOLDER/p && mount --make-shared FOLDER/p
            start PROGRAM mount --log FOLDER/log FOLDER/p/memory; first=$daemon
            FOLDER/oci-bundle FOLDER/p/memory $bundle sh -c '
              cd /; M=/sys/fs/cgroup/memory; mkdir $M/before && echo ready
              read x; cat $M/tasks 2>&1 || echo dead
              read x; ls -d $M/before; mkdir $M/again && cat $M/again/memory.failcnt'
            mkfifo FOLDER/in FOLDER/out
            contain_with_fifos() {
              [ RUNTIME = runc ] || umount -l /sys/fs/cgroup/unified 2>/dev/null || true
              exec RUNTIME --root $state run --bundle $bundle vcgroupfs-it-$$
            }
            (contain_with_fifos <FOLDER/in >FOLDER/out 2>&1) & container=$!
            exec 3>FOLDER/in 4<FOLDER/out
            read line <&4; echo "$line"
            kill -KILL $first; wait $first || true
            echo >&3; read line <&4; read line <&4; echo "$line"
            start PROGRAM mount --log FOLDER/log FOLDER/p/memory
            echo >&3; cat <&4
            exec 3>&-; wait $container
            PROGRAM umount FOLDER/p/memory
            """
                .replace("RUNTIME", runtime));
    assertThat(ended.out())
        .as("%s", ended)
        .isEqualTo("ready\ndead\nls: /sys/fs/cgroup/memory/before: No such file or directory\n0\n");
  }

  @Test
  void bubblewrapWithoutRootHasAGroupOfItsOwn() throws Exception {
    Needs.programs("bwrap", "busybox", "setpriv");
    try (MountedFs mount = MountedFs.at(folder.resolve("memory"))) {
      mount.mkdir("web");
      Ended ended =
          script(
              """
              chown -R 65534:65534 FOLDER/memory/web
              cd FOLDER
              nobody FOLDER/in-bwrap FOLDER/memory/web sh -euc DEEDS
              nobody FOLDER/in-bwrap FOLDER true || echo "status $?"
              """
                  .replace("DEEDS", deeds("")));
      assertThat(mount.read("web/memory.limit_in_bytes")).as("%s", ended).isEqualTo("1048576\n");
      assertThat(ended.out()).isEqualTo(DONE + "status 1\n");
      assertThat(ended.err())
          .isEqualTo(
              "in-bwrap: FOLDER is no hierarchy: it has no memory.limit_in_bytes; to mount one:"
                      .replace("FOLDER", folder.toString())
                  + " vcgroupfs mount %s\n".formatted(folder));
    }
  }

  /** Nobody mounts as root of a user namespace, and what runs in it is served. */
  @Test
  void theDaemonRunsInAUserNamespace() throws Exception {
    Needs.programs("setpriv");
    Ended probe = script("nobody unshare --user --map-root-user --mount true");
    assumeTrue(probe.status() == 0, "this kernel gives users no user namespaces");
    Ended ended =
        script(
            """
            mknod -m 0666 FOLDER/fuse c 10 229 && mount --bind FOLDER/fuse /dev/fuse
            cd FOLDER
            cat > FOLDER/inner <<'END'
            PROGRAM mount --log FOLDER/nobody/log FOLDER/nobody/m >FOLDER/nobody/said & daemon=$!
            while kill -0 $daemon && ! grep -q . FOLDER/nobody/said; do sleep 0.05; done
            mkdir FOLDER/nobody/m/g && echo 1M > FOLDER/nobody/m/g/memory.limit_in_bytes
            cat FOLDER/nobody/m/g/memory.limit_in_bytes
            stat -c %u FOLDER/nobody/m/g
            PROGRAM umount FOLDER/nobody/m && wait $daemon; echo "ended with $?"
            END
            nobody unshare --user --map-root-user --mount sh -eu FOLDER/inner
            """);
    assertThat(ended.out()).as("%s", ended).isEqualTo("1048576\n0\nended with 0\n");
  }

  /** mount(8) looks for its helper in /sbin only, so one is laid over it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mount -t fuse.vcgroupfs -o profile=linux-5.10,strict vcgroupfs FOLDER/m",
        "mount --fstab FOLDER/fstab FOLDER/m"
      })
  void mountAndFstab(String command) throws Exception {
    Path launcher = Path.of(System.getProperty("vcgroupfs.launcher", "mount-scripts/vcgroupfs"));
    Ended overlay =
        script(
            """
            mkdir FOLDER/sbin
            ln -s "LAUNCHER" FOLDER/sbin/vcgroupfs
            ln -s "HELPER" FOLDER/sbin/mount.fuse.vcgroupfs
            mount -t overlay -o lowerdir=FOLDER/sbin:/usr/sbin none /usr/sbin || exit 77
            echo 'vcgroupfs FOLDER/m fuse.vcgroupfs profile=linux-5.10,strict,nofail 0 0' > FOLDER/fstab
            COMMAND >FOLDER/said
            cat FOLDER/m/memory.kmem.limit_in_bytes; ls FOLDER/m | grep -c '^sim' || true
            PROGRAM umount FOLDER/m
            """
                .replace("COMMAND", command)
                .replace(
                    "HELPER", launcher.resolveSibling("mount.fuse.vcgroupfs").toAbsolutePath() + "")
                .replace("LAUNCHER", launcher.toAbsolutePath().toString()));
    assumeTrue(overlay.status() != 77, "no overlay on this kernel");
    assertThat(overlay.out()).as("%s", overlay).isEqualTo("9223372036854771712\n0\n");
  }
}
