package io.github.vcgroupfs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import io.github.vcgroupfs.testing.SharedResources;
import io.github.vcgroupfs.testing.Syscalls;
import io.github.vcgroupfs.testing.TestProcesses;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A hierarchy into a file and back. Nothing that was recorded lives, so a capture of the mount must
 * be the file that was mounted, byte for byte: there are no live numbers to leave out.
 */
@MountTest
@Tag("programs")
@ResourceLock(SharedResources.KERNEL_HIERARCHY)
class CaptureIT {
  private static final Path KERNELS = Path.of("/sys/fs/cgroup/memory");
  private static final int MANY_GROUPS = 1000;

  @TempDir private Path folder;

  private Path captured(Path hierarchy, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("capture"));
    words.addAll(List.of(options));
    words.add(hierarchy.toString());
    Ended ended = Program.run(words.toArray(new String[0]));
    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isZero();
    return Files.writeString(Files.createTempFile(folder, "capture", ".yaml"), ended.out());
  }

  private static String[] fixture(Path file, String profile, String... more) {
    List<String> words = new ArrayList<>(List.of(more));
    words.addAll(List.of("--profile", profile, "--fixture", file.toString()));
    return words.toArray(new String[0]);
  }

  private void assertComesBack(Path file, String profile, String... more) throws Exception {
    try (MountedFs again = MountedFs.start(fixture(file, profile, more))) {
      assertThat(captured(again.root())).hasSameTextualContentAs(file);
      assertThat(again.errors()).isEmpty();
    }
  }

  private static Path kernels() {
    assumeTrue(
        Files.exists(KERNELS.resolve("memory.usage_in_bytes")),
        "this host has no cgroup v1 memory hierarchy at " + KERNELS);
    return KERNELS;
  }

  /** 6.18 stands for any host's kernel: what another has more or less is in the file or not. */
  @Test
  void theHostsOwnHierarchyComesBackToTheByte() throws Exception {
    Path file = captured(kernels());
    if (System.getProperty("os.version").startsWith("6.18")) {
      assertComesBack(file, "linux-6.18");
      assertComesBack(file, "linux-6.18", "--strict");
    }
    try (MountedFs old = MountedFs.start(fixture(file, "linux-4.19", "--strict"))) {
      Path again = captured(old.root());
      assertComesBack(again, "linux-4.19", "--strict");
      assertThat(keys(again)).isEqualTo(keys(file));
    }
  }

  /** Those of the host's hierarchies that there are controllers for here. */
  @Test
  void allHierarchiesOfTheHostComeBackToTheByte() throws Exception {
    kernels();
    Path file = captured(KERNELS.getParent());
    List<String> hierarchies = hierarchies(file);
    assertThat(hierarchies).contains("memory");
    if (System.getProperty("os.version").startsWith("6.18")) {
      assertComesBack(file, "linux-6.18");
      assertComesBack(file, "linux-6.18", "--strict");
      Path fewer = captured(KERNELS.getParent(), "--controllers", "memory,pids");
      assertThat(hierarchies(fewer)).containsExactly("memory", "pids");
      assertComesBack(fewer, "linux-6.18", "--strict");
    }
    try (MountedFs some =
        MountedFs.start(fixture(file, "linux-6.18", "--controllers", "name=x,memory"))) {
      assertThat(hierarchies(captured(some.root()))).containsExactly("memory", "name=x");
    }
  }

  private static List<String> hierarchies(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.matches("  [a-z+=_]+:"))
          .map(line -> line.substring(2, line.length() - 1))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMountOfSeveralHierarchiesComesBack(boolean strict) throws Exception {
    String kind = strict ? "--strict" : "--size=exact";
    TestProcesses processes = new TestProcesses();
    Path file;
    try (MountedFs ours =
        MountedFs.start(
            "--profile", "linux-6.18", "--controllers", "pids+memory,name=systemd,name=b", kind)) {
      ours.mkdir("memory/web");
      ours.mkdir("pids/web/\u00e4");
      ours.write("pids/web/pids.max", "7");
      ours.write("memory/web/memory.limit_in_bytes", "64M");
      ours.mkdir("systemd/user.slice");
      ours.write("systemd/user.slice/notify_on_release", "1");
      ours.write("b/release_agent", "/bin/agent");
      int pid = processes.start();
      ours.write("memory/web/cgroup.procs", Integer.toString(pid));
      ours.write("systemd/user.slice/tasks", Integer.toString(pid));
      assertThat(Syscalls.chown(ours.path("systemd/user.slice"), 1000, 1001)).isZero();
      assertThat(Syscalls.chmod(ours.path("pids/web/pids.max"), 0600)).isZero();
      file = captured(ours.root());
      assertThat(hierarchies(file)).containsExactly("memory+pids", "name=b", "name=systemd");
      assertThat(captured(ours.path("systemd"), "--controllers", "all"))
          .content()
          .contains("hierarchies:\n  name=systemd:\n")
          .doesNotContain("name=b", "memory");
    } finally {
      processes.endAll();
    }
    try (MountedFs again = MountedFs.start(fixture(file, "linux-6.18", kind))) {
      assertThat(captured(again.root())).hasSameTextualContentAs(file);
      assertThat(again.read("pids/web/pids.max")).isEqualTo("7\n");
      assertThat(again.read("memory/web/memory.limit_in_bytes")).isEqualTo("67108864\n");
      assertThat(again.read("pids/web/pids.current")).isEqualTo("1\n");
      assertThat(again.read("b/release_agent")).isEqualTo("/bin/agent\n");
      assertThat(access(again.path("systemd/user.slice"))).isEqualTo("755 1000:1001");
      assertThat(access(again.path("pids/web/pids.max"))).isEqualTo("600 0:0");
      assertThat(again.read("systemd/user.slice/tasks"))
          .isEqualTo(again.read("memory/web/cgroup.procs"));
    }
  }

  /** One hierarchy that is not memory's is the mount point itself, and nothing there tells it. */
  @Test
  void aHierarchyThatDoesNotShowWhichItIsIsNamed() throws Exception {
    try (MountedFs pids = MountedFs.start("--profile", "linux-6.18", "--controllers", "pids")) {
      Ended refused = Program.run("capture", pids.root().toString());
      assertThat(refused)
          .isEqualTo(
              new Ended(
                  1,
                  "",
                  ("vcgroupfs: %s does not show which hierarchy it is: name it, as in --controllers"
                          + " pids or --controllers name=systemd\n")
                      .formatted(pids.root())));
      Path named = captured(pids.root(), "--controllers", "pids");
      assertThat(hierarchies(named)).containsExactly("pids");
      pids.mkdir("a");
      Path seen = captured(pids.root());
      assertThat(hierarchies(seen)).containsExactly("pids");
      try (MountedFs again = MountedFs.start(fixture(seen, "linux-6.18"))) {
        assertThat(again.read("a/pids.max")).isEqualTo("max\n");
        assertThat(captured(again.root())).hasSameTextualContentAs(seen);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "linux-3.10 |              | FILE has groups of pids,name=x: linux-3.10 has no controller pids,",
        "linux-6.18 | memory       | --controllers memory: FILE has groups of pids,name=x and of nothing",
        "linux-6.18 | pids+memory  | --controllers pids+memory: FILE has the hierarchy pids, and",
        "linux-6.18 | pidss        | --controllers pidss: there is no controller \"pidss\" here: choose",
      })
  void hierarchiesThatDisagreeAreSaidInOneLine(String profile, String list, String complaint)
      throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("f.yaml"), "format: 2\nhierarchies: {pids: {}, name=x: {}}\n");
    List<String> words = new ArrayList<>(List.of("mount"));
    words.addAll(List.of(fixture(file, profile)));
    if (list != null) {
      words.addAll(List.of("--controllers", list));
    }
    words.add(folder.resolve("mnt").toString());
    Ended ended = Program.run(words.toArray(new String[0]));
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err().lines().findFirst().orElse(""))
        .startsWith("vcgroupfs: " + complaint.replace("FILE", file.toString()));
    assertThat(folder.resolve("mnt")).doesNotExist();
  }

  @Test
  void aHierarchyThatIsWantedMustBeThere() throws Exception {
    try (MountedFs ours = MountedFs.start("--controllers", "memory,name=x")) {
      Ended refused = Program.run("capture", "--controllers", "pids", ours.root().toString());
      assertThat(refused)
          .isEqualTo(
              new Ended(
                  1,
                  "",
                  "vcgroupfs: %s has no hierarchy pids: it has memory,name=x\n"
                      .formatted(ours.root())));
      Ended other = Program.run("capture", "--controllers", "pids", ours.path("memory").toString());
      assertThat(other.err())
          .isEqualTo(
              "vcgroupfs: %s is the hierarchy memory, not pids\n".formatted(ours.path("memory")));
    }
  }

  /** Limits, modes and owners of groups of the kernel's, made here and removed again. */
  @Test
  void aGroupOfTheKernelsComesBackAsItIs() throws Exception {
    Path scratch = kernels().resolve("vcgroupfs-capture-" + ProcessHandle.current().pid());
    TestProcesses processes = new TestProcesses();
    try {
      Files.createDirectories(scratch.resolve("a b/\u00e4"));
      int pid = processes.start();
      Files.writeString(scratch.resolve("a b/cgroup.procs"), Integer.toString(pid));
      Files.writeString(scratch.resolve("a b/memory.limit_in_bytes"), "64M");
      Files.writeString(scratch.resolve("memory.swappiness"), "7");
      assertThat(Syscalls.chown(scratch.resolve("a b"), 1000, 1001)).isZero();
      assertThat(Syscalls.chown(scratch.resolve("a b/tasks"), 1002, 1001)).isZero();
      assertThat(Syscalls.chmod(scratch.resolve("a b/memory.stat"), 0400)).isZero();
      Path file = captured(scratch);
      try (MountedFs again = MountedFs.start(fixture(file, "linux-6.18", "--strict"))) {
        assertThat(again.read("a b/cgroup.procs")).isEqualTo(pid + "\n");
        assertThat(again.read("a b/memory.limit_in_bytes")).isEqualTo("67108864\n");
        assertThat(again.read("memory.swappiness")).isEqualTo("7\n");
        assertThat(access(again.path("a b"))).isEqualTo("755 1000:1001");
        assertThat(access(again.path("a b/tasks"))).isEqualTo("644 1002:1001");
        assertThat(access(again.path("a b/memory.stat"))).isEqualTo("400 0:0");
        assertThat(Files.isDirectory(again.path("a b/\u00e4"))).isTrue();
      }
    } finally {
      processes.endAll();
      for (String each : List.of("a b/\u00e4", "a b", "")) {
        Files.deleteIfExists(scratch.resolve(each));
      }
    }
  }

  private static String access(Path file) throws IOException {
    var seen = Files.readAttributes(file, "unix:mode,uid,gid");
    return "%o %s:%s"
        .formatted((Integer) seen.get("mode") & 07777, seen.get("uid"), seen.get("gid"));
  }

  private static List<String> keys(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.filter(line -> line.startsWith("  \"/")).toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"lwn-2011,false", "linux-3.10,true"})
  void aMountOfOursComesBack(String profile, boolean strict) throws Exception {
    String[] options = {"--profile", profile, strict ? "--strict" : "--size=exact"};
    String prefix = strict ? "memory." : "";
    Path file;
    try (MountedFs ours = MountedFs.start(options)) {
      ours.mkdir("web");
      ours.mkdir("web/a:b");
      ours.write("web/" + prefix + "kmem.tcp.limit_in_bytes", "1M");
      ours.write("web/memory.limit_in_bytes", "64M");
      ours.write("web/notify_on_release", "1");
      if (!strict) {
        ours.write("web/a:b/memory.usage_in_bytes", "8M");
      }
      assertThat(Syscalls.chown(ours.path("web"), 1000, 1001)).isZero();
      assertThat(Syscalls.chmod(ours.path("web/tasks"), 0666)).isZero();
      file = captured(ours.root());
    }
    try (MountedFs again = MountedFs.start(fixture(file, profile, options[2]))) {
      assertThat(captured(again.root())).hasSameTextualContentAs(file);
      assertThat(again.read("web/" + prefix + "kmem.tcp.limit_in_bytes")).isEqualTo("1048576\n");
      assertThat(access(again.path("web"))).isEqualTo("755 1000:1001");
      assertThat(access(again.path("web/tasks"))).isEqualTo("666 0:0");
    }
  }

  @Test
  void aRecordedMemberKeepsItsGroupBusyUntilItIsMoved() throws Exception {
    Path file =
        yaml("  /a:\n    files: {cgroup.procs: [4000000], tasks: [4000000, 4000001]}\n  /b: {}\n");
    try (MountedFs mounted = MountedFs.start(fixture(file, "linux-4.19"))) {
      assertThatThrownBy(() -> mounted.rmdir("a"))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("busy");
      mounted.write("b/cgroup.procs", "4000001");
      assertThat(mounted.read("b/tasks")).isEqualTo("4000000\n4000001\n");
      mounted.rmdir("a");
      int pid = (int) mounted.daemon().pid();
      mounted.write("b/cgroup.procs", Integer.toString(pid));
      assertThat(mounted.read("b/cgroup.procs")).isEqualTo(pid + "\n4000000\n");
    }
  }

  private Path yaml(String groups) throws IOException {
    return Files.writeString(folder.resolve("f.yaml"), "format: 1\ngroups:\n" + groups);
  }

  @Test
  void aThousandGroupsComeBack() throws Exception {
    StringBuilder groups = new StringBuilder();
    for (int i = 0; i < MANY_GROUPS; i++) {
      groups.append("  /g%03d: {files: {memory.limit_in_bytes: %d}}\n".formatted(i, i * 4096L));
    }
    try (MountedFs mounted = MountedFs.start(fixture(yaml(groups.toString()), "linux-6.18"))) {
      Path all = captured(mounted.root());
      assertThat(keys(all)).hasSize(MANY_GROUPS + 1);
      assertThat(Files.readString(all)).contains("      memory.limit_in_bytes: 4091904\n");
    }
  }

  @Test
  void whatNobodyCannotReadIsLeftOut() throws Exception {
    assumeTrue(
        Program.runToEnd(List.of("setpriv", "--reuid=65534", "true")).status() == 0,
        "only root can become nobody");
    Path file =
        yaml(
            """
              /: {files: {cgroup.procs: [1]}}
              /a:
                modes: {"0600": [memory.limit_in_bytes, memory.stat]}
              /b: {mode: "0700"}
            """);
    try (MountedFs mounted = MountedFs.start(fixture(file, "linux-6.18", "--strict"))) {
      List<String> command =
          new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
      Path there = mounted.root().getParent();
      // a checkout may lie where nobody else can read it
      Path jar = Files.copy(Program.JAR, there.resolve("vcgroupfs.jar"));
      Program.command("capture", mounted.root().toString()).stream()
          .map(word -> word.equals(Program.JAR.toString()) ? jar.toString() : word)
          .forEach(command::add);
      Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-xr-x"));
      Ended ended = Program.runToEnd(command);
      assertThat(ended.status()).as(ended.err()).isZero();
      String a = ended.out().substring(ended.out().indexOf("\"/a\":"));
      assertThat(a)
          .contains("\"0600\": [memory.limit_in_bytes, memory.stat]\n")
          .contains("      memory.swappiness: 60\n")
          .doesNotContain("      memory.limit_in_bytes:", "      memory.stat:")
          .endsWith("  \"/b\":\n    mode: \"0700\"\n    owner: \"0:0\"\n");
      Path again = Files.writeString(folder.resolve("again.yaml"), ended.out());
      MountedFs.start(fixture(again, "linux-6.18", "--strict")).close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format: 3\n|f.yaml:1: the key format is missing or neither 1 nor 2: write format: 1",
        "format: 1\ngroups: [|f.yaml:3: this is no YAML: ",
        "format: 1\nsetup:\n- mkdir: /tasks\n|f.yaml:3: mkdir /tasks: EEXIST: /tasks exists: "
      })
  void nothingIsMountedAfterABadFile(String textAndComplaint) throws Exception {
    String[] parts = textAndComplaint.split("\\|", 2);
    Path file =
        Files.writeString(
            folder.resolve("f.yaml"), parts[0] + (parts[0].endsWith("[") ? "\n" : ""));
    Path place = folder.resolve("mnt");
    Ended ended = Program.run("mount", "--fixture", file.toString(), place.toString());
    assertThat(ended.err()).startsWith("vcgroupfs: " + folder + "/" + parts[1]).hasLineCount(1);
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(place.toString());
    assertThat(place).doesNotExist();
  }

  @Test
  void whatCannotBeReadIsSaidInOneLine() throws Exception {
    Path nothing = folder.resolve("nothing");
    String none = "vcgroupfs: no such file or directory: " + nothing + "\n";
    Ended mount = Program.run("mount", "--fixture", nothing.toString(), nothing + "/mnt");
    assertThat(mount).isEqualTo(new Ended(1, "", none));
    Ended directory = Program.run("mount", "--fixture", folder.toString(), nothing + "/mnt");
    assertThat(directory)
        .isEqualTo(new Ended(1, "", "vcgroupfs: " + folder + ": is a directory\n"));
    assertThat(Program.run("capture", nothing.toString())).isEqualTo(new Ended(1, "", none));
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(Program.run("capture", file.toString()))
        .isEqualTo(new Ended(1, "", "vcgroupfs: " + file + ": is no directory\n"));
    Ended other = Program.run("capture", folder.toString());
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.err())
        .startsWith(
            "vcgroupfs: %s is no cgroup v1 hierarchy and has none in it: ".formatted(folder));
    assertThat(Program.run("capture").status()).isEqualTo(2);
  }
}
