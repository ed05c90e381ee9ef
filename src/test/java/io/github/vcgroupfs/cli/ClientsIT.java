package io.github.vcgroupfs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import io.github.vcgroupfs.testing.SharedResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that know nothing of us, on one mount, through {@code vcgroupfs run}: over the host's v1
 * memory mount where there is one, and by generated texts. Containers: {@link ContainersIT}.
 */
@MountTest
@Tag("programs")
@ResourceLock(value = SharedResources.MOUNT_COPIES, mode = ResourceAccessMode.READ)
class ClientsIT {
  private static final String HOSTS = "/sys/fs/cgroup/memory";

  private static MountedFs mount;

  @BeforeAll
  static void startMount() throws Exception {
    mount = MountedFs.start();
  }

  @AfterAll
  static void endMount() throws Exception {
    mount.close();
  }

  /** Each way that this host has. */
  static List<String> ways() throws IOException {
    boolean v1 = Files.readString(Path.of("/proc/mounts")).contains(" " + HOSTS + " cgroup ");
    return v1 ? List.of("bind", "text") : List.of("text");
  }

  private static void needs(String program) throws Exception {
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "root needed");
    Needs.programs(program);
  }

  private static Ended run(String way, String group, String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            Program.command("run", "--mount", mount.root().toString(), "--way", way, "--group"));
    command.addAll(List.of(group, "--"));
    command.addAll(List.of(words));
    return Program.runToEnd(command);
  }

  /** Runs a script with a shell; it must not fail, nor say anything but that one line of ours. */
  private static String script(String way, String script) throws Exception {
    Ended ended = run(way, "", "sh", "-euc", script);
    assertThat(ended.status()).as("%s", ended).isZero();
    assertThat(ended.err()).as("%s", ended).startsWith("vcgroupfs: ").hasLineCount(1);
    return ended.out();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void cgcreate(String way) throws Exception {
    needs("cgcreate");
    script(way, "cgcreate -a nobody:nogroup -t nobody:nogroup -g memory:create/" + way);
    assertThat(Files.getAttribute(mount.path("create/" + way), "unix:uid")).isEqualTo(65534);
    assertThat(Files.getAttribute(mount.path("create/" + way + "/tasks"), "unix:uid"))
        .isEqualTo(65534);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void cgset(String way) throws Exception {
    needs("cgset");
    mount.mkdir("set" + way);
    script(way, "cgset -r memory.limit_in_bytes=1M set" + way);
    assertThat(mount.read("set" + way + "/memory.limit_in_bytes")).isEqualTo("1048576\n");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void cgget(String way) throws Exception {
    needs("cgget");
    mount.mkdir("get" + way);
    mount.write("get" + way + "/memory.limit_in_bytes", "2M");
    assertThat(script(way, "cgget -n -v -r memory.limit_in_bytes get" + way))
        .isEqualTo("2097152\n");
    assertThat(script(way, "cgget -n -g memory get" + way))
        .contains("memory.limit_in_bytes: 2097152\n", "memory.failcnt: 0\n", "memory.stat: ");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void cgdelete(String way) throws Exception {
    needs("cgdelete");
    mount.mkdir("delete" + way);
    mount.mkdir("delete" + way + "/a");
    mount.mkdir("delete" + way + "/a/b");
    script(
        way, "cgdelete -g memory:delete%s/a/b; cgdelete -r -g memory:delete%s".formatted(way, way));
    assertThat(mount.path("delete" + way)).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void lscgroup(String way) throws Exception {
    needs("lscgroup");
    mount.mkdir("ls" + way);
    mount.mkdir("ls" + way + "/a");
    assertThat(script(way, "lscgroup -g memory:/ls" + way))
        .isEqualTo("memory:/ls%s/\nmemory:/ls%s/a\n".formatted(way, way));
  }

  /** It ends without a word where a controller is in no hierarchy; the texts leave those out. */
  @Test
  void lssubsys() throws Exception {
    needs("lssubsys");
    assertThat(script("text", "lssubsys -m memory")).isEqualTo("memory " + HOSTS + "\n");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void cgsnapshot(String way) throws Exception {
    needs("cgsnapshot");
    mount.mkdir("snapshot" + way);
    mount.write("snapshot" + way + "/memory.limit_in_bytes", "3M");
    Ended ended = run(way, "", "cgsnapshot", "-b", "/dev/null", "-w", "/dev/null", "memory");
    assertThat(ended.out())
        .containsPattern(
            "group snapshot%s \\{\\s+memory \\{[^}]*memory.limit_in_bytes=\"3145728\";"
                .formatted(way));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void cgclassify(String way) throws Exception {
    needs("cgclassify");
    mount.mkdir("classify" + way);
    String script =
        """
        sleep 30 & cgclassify -g memory:classifyWAY $!
        grep -c "^$!\\$" /sys/fs/cgroup/memory/classifyWAY/cgroup.procs
        kill $!
        """;
    assertThat(script(way, script.replace("WAY", way))).isEqualTo("1\n");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void cgexec(String way) throws Exception {
    needs("cgexec");
    mount.mkdir("exec" + way);
    String script =
        """
        cgexec -g memory:execWAY sh -c \
        'grep -c "^$$\\$" /sys/fs/cgroup/memory/execWAY/cgroup.procs'
        """;
    assertThat(script(way, script.replace("WAY", way))).isEqualTo("1\n");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void cgconfigparser(String way) throws Exception {
    needs("cgconfigparser");
    Path file = Files.createTempFile("vcgroupfs-it", ".conf");
    Files.writeString(
        file,
        """
        group config%s {
          perm {
            admin { uid = nobody; gid = nogroup; }
            task { uid = nobody; gid = nogroup; }
          }
          memory { memory.limit_in_bytes = 4M; }
        }
        """
            .formatted(way));
    try {
      script(way, "cgconfigparser -l " + file);
    } finally {
      Files.delete(file);
    }
    assertThat(mount.read("config" + way + "/memory.limit_in_bytes")).isEqualTo("4194304\n");
    assertThat(Files.getAttribute(mount.path("config" + way), "unix:uid")).isEqualTo(65534);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void java(String way) throws Exception {
    needs("true");
    Files.createDirectories(mount.path("java" + way));
    mount.write("java" + way + "/memory.limit_in_bytes", "1G");
    List<Path> found;
    try (Stream<Path> all = Files.list(Path.of("/usr/lib/jvm"))) {
      found =
          all.filter(jdk -> !Files.isSymbolicLink(jdk))
              .map(jdk -> jdk.resolve("bin/java"))
              .toList();
    }
    List<Path> jdks = found.stream().filter(Files::isExecutable).toList();
    Needs.that(!jdks.isEmpty(), "no JDK in /usr/lib/jvm");
    for (Path each : jdks) {
      Ended ended = run(way, "java" + way, each.toString(), "-XX:+PrintFlagsFinal", "-version");
      assertThat(ended.out())
          .as("%s %s", each, ended.err())
          .containsPattern(" MaxHeapSize += 268435456 ");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void node(String way) throws Exception {
    needs("node");
    mount.mkdir("node" + way);
    mount.write("node" + way + "/memory.limit_in_bytes", "1G");
    Ended ended = run(way, "node" + way, "node", "-p", "process.constrainedMemory()");
    assertThat(ended.out()).as("%s", ended).isEqualTo("1073741824\n");
  }

  @Test
  void systemdCgtop() throws Exception {
    needs("systemd-cgtop");
    mount.mkdir("top");
    mount.mkdir("top/web");
    mount.write("top/web/memory.usage_in_bytes", "64M");
    assumeTrue(
        ways().contains("bind"), "systemd-cgtop looks at the host's own v1 hierarchies only");
    Ended ended = run("bind", "", "systemd-cgtop", "-b", "-n", "1", "--raw", "-m");
    assertThat(ended.out()).as("%s", ended).containsPattern("\n/top/web +- +- +67108864 ");
  }
}
