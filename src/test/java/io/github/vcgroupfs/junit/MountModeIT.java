package io.github.vcgroupfs.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cli.Main;
import io.github.vcgroupfs.os.Cmdline;
import io.github.vcgroupfs.os.MountTable;
import io.github.vcgroupfs.testing.MountTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** {@code mode = Mode.MOUNT}. */
@MountTest
class MountModeIT {
  private static final int WAIT_SECONDS = 30;
  private static final int PAUSE_MS = 20;

  @VirtualCgroup(mode = Mode.MOUNT, profile = "linux-6.1", controllers = "memory,cpu")
  static class Works {
    static final List<Path> ROOTS = new CopyOnWriteArrayList<>();

    @Test
    void passes(Path root) throws IOException {
      ROOTS.add(root);
      Files.createDirectory(root.resolve("memory/web"));
      assertThat(root.resolve("memory/web/memory.limit_in_bytes"))
          .hasContent("9223372036854771712\n");
      assertThat(root.resolve("cpu/web")).doesNotExist();
    }

    @Test
    void fails(Path root) {
      ROOTS.add(root);
      throw new IllegalStateException("on purpose");
    }
  }

  @Test
  void eachTestHasAMountWhichIsGoneAfterwards() {
    assertThat(Kit.outcomes(Kit.run(Works.class)))
        .containsExactly("fails(Path) FAILED", "passes(Path) SUCCESSFUL");
    assertThat(Works.ROOTS).hasSize(2).doesNotHaveDuplicates();
    assertThat(Works.ROOTS).allSatisfy(MountModeIT::isGone);
  }

  @VirtualCgroup(mode = Mode.MOUNT, lifecycle = Lifecycle.PER_CLASS, preset = "kmem-leak")
  static class Shared {
    static final List<Path> ROOTS = new CopyOnWriteArrayList<>();

    @Test
    void one(Path root) {
      ROOTS.add(root);
      assertThat(root.resolve("memory.limit_in_bytes")).exists();
    }

    @Test
    void two(Path root) {
      ROOTS.add(root);
    }

    @Test
    @VirtualCgroup(mode = Mode.IN_JVM)
    void inTheJvm(Path root) {
      assertThat(root).isNotEqualTo(ROOTS.isEmpty() ? null : ROOTS.get(0));
    }
  }

  @Test
  void theTestsOfAClassMayShareAMount() {
    assertThat(Kit.outcomes(Kit.run(Shared.class)))
        .containsExactly(
            "inTheJvm(Path) SUCCESSFUL", "one(Path) SUCCESSFUL", "two(Path) SUCCESSFUL");
    assertThat(Shared.ROOTS).hasSize(2);
    assertThat(Shared.ROOTS.get(0)).isEqualTo(Shared.ROOTS.get(1));
    isGone(Shared.ROOTS.get(0));
  }

  static class InUse {
    static final List<Path> ROOTS = new CopyOnWriteArrayList<>();

    @Test
    @VirtualCgroup(mode = Mode.MOUNT)
    void leavesAFileOpen(Path root) throws IOException {
      ROOTS.add(root);
      assertThat(Files.newInputStream(root.resolve("memory.stat")).read()).isPositive();
    }

    @Test
    @VirtualCgroup(mode = Mode.MOUNT)
    void killsTheDaemon(Path root) throws InterruptedException {
      ROOTS.add(root);
      ProcessHandle daemon = daemonOf(root);
      daemon.destroyForcibly();
      await(() -> !daemon.isAlive());
    }
  }

  @Test
  void aMountIsUnmountedWhateverTheTestLeavesBehind() {
    assertThat(Kit.outcomes(Kit.run(InUse.class)))
        .containsExactly("killsTheDaemon(Path) SUCCESSFUL", "leavesAFileOpen(Path) SUCCESSFUL");
    assertThat(InUse.ROOTS).hasSize(2).allSatisfy(MountModeIT::isGone);
  }

  // --- where it is -------------------------------------------------------------------------------

  /** A place that is the same for all tests of this class, and of nobody else. */
  private static final String PLACE = "/tmp/vcgroupfs-junit-place/mnt";

  @Execution(ExecutionMode.CONCURRENT)
  @VirtualCgroup(mode = Mode.MOUNT, at = PLACE)
  static class AtOnePlace {
    @Test
    void one(Path root) throws IOException {
      check(root);
    }

    @Test
    void two(Path root) throws IOException {
      check(root);
    }

    @Test
    void three(Path root) throws IOException {
      check(root);
    }

    private static void check(Path root) throws IOException {
      assertThat(root).isEqualTo(Path.of(PLACE));
      Files.createDirectory(root.resolve("same-name"));
    }
  }

  @Test
  void testsWithOnePlaceWaitForEachOther() {
    EngineExecutionResults results =
        Kit.builder(AtOnePlace.class)
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "3")
            .execute();
    assertThat(Kit.outcomes(results))
        .containsExactly("one(Path) SUCCESSFUL", "three(Path) SUCCESSFUL", "two(Path) SUCCESSFUL");
    assertThat(isMounted(Path.of(PLACE))).isFalse();
  }

  static class AtAFullPlace {
    @Test
    @VirtualCgroup(mode = Mode.MOUNT, at = "/proc")
    void full() {}

    @Test
    @VirtualCgroup(mode = Mode.MOUNT, at = "relative/place")
    void relative() {}

    @Test
    @VirtualCgroup(mode = Mode.MOUNT, virtualTime = true)
    void virtualTime() {}
  }

  @Test
  void aPlaceOrATimeThatCannotBeIsTold() {
    assertThat(Kit.failures(Kit.run(AtAFullPlace.class)))
        .hasSize(3)
        .anySatisfy(
            each ->
                assertThat(each)
                    .hasMessageStartingWith(
                        "@VirtualCgroup(mode = MOUNT) on method %s.full: the mount was not made"
                            .formatted(AtAFullPlace.class.getName()))
                    .hasMessageContaining("/proc"))
        .anySatisfy(
            each ->
                assertThat(each)
                    .hasMessage(
                        ("@VirtualCgroup(at = \"relative/place\") on method %s.relative: a mount "
                                + "point is an absolute path, such as /tmp/cgroup")
                            .formatted(AtAFullPlace.class.getName())))
        .anySatisfy(
            each ->
                assertThat(each)
                    .hasMessage(
                        ("@VirtualCgroup(virtualTime = true) on method %s.virtualTime: a mount "
                                + "has the time of the clock: leave it out, or take Mode.IN_JVM")
                            .formatted(AtAFullPlace.class.getName())));
  }

  // --- what is missing ---------------------------------------------------------------------------

  /** Runs in a JVM of its own, see {@link Forked}. */
  static class Skipped {
    @Test
    @VirtualCgroup(mode = Mode.MOUNT)
    void test(Path root) {
      throw new AssertionError("it is not skipped: " + root);
    }
  }

  @Test
  void withoutTheLibrariesItIsSkippedAndSaysWhy(@TempDir Path folder) throws Exception {
    String said = Forked.run(folder, Skipped.class, List.of("jnr-fuse", "picocli"), List.of());
    assertThat(said)
        .contains("test(Path) ABORTED")
        .contains(
            "the class path has no com.github.serceman:jnr-fuse, info.picocli:picocli: add "
                + "that, or the artifact of vcgroupfs with the classifier all");
  }

  @Test
  void withoutTheLibrariesItFailsIfMountsAreRequired(@TempDir Path folder) throws Exception {
    String said =
        Forked.run(
            folder, Skipped.class, List.of("jnr-fuse"), List.of("-Dvcgroupfs.mount.required=true"));
    assertThat(said)
        .contains("test(Path) FAILED")
        .contains("vcgroupfs.mount.required is true, but the class path has no");
  }

  // --- the end of the JVM ------------------------------------------------------------------------

  static class Endless {
    @Test
    @VirtualCgroup(mode = Mode.MOUNT)
    void test(Path root) throws Exception {
      System.out.println("ROOT " + root);
      System.out.flush();
      new CountDownLatch(1).await();
    }
  }

  @Test
  void theMountEndsWhenTheJvmOfTheTestDies(@TempDir Path folder) throws Exception {
    Process jvm = Forked.start(folder, Endless.class, List.of(), List.of());
    try {
      Path root = rootOf(jvm);
      assertThat(isMounted(root)).isTrue();
      ProcessHandle daemon = daemonOf(root);

      jvm.destroyForcibly().waitFor();

      await(() -> !daemon.isAlive() && !isMounted(root) && Files.notExists(root.getParent()));
    } finally {
      jvm.destroyForcibly().waitFor();
    }
  }

  private static Path rootOf(Process jvm) throws IOException {
    String mark = "ROOT ";
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
      return said.lines()
          .filter(line -> line.startsWith(mark))
          .map(line -> Path.of(line.substring(mark.length())))
          .findFirst()
          .orElseThrow(() -> new AssertionError("that JVM did not mount"));
    }
  }

  @Test
  void theNameOfTheProgramIsRight() {
    assertThat(MountProgram.MAIN).isEqualTo(Main.class.getName());
  }

  // --- helpers -----------------------------------------------------------------------------------

  private static void isGone(Path root) {
    assertThat(isMounted(root)).isFalse();
    assertThat(root.getParent()).doesNotExist();
  }

  private static boolean isMounted(Path place) {
    return !MountTable.read().at(place.toString()).isEmpty();
  }

  private static ProcessHandle daemonOf(Path root) {
    return ProcessHandle.allProcesses()
        .filter(each -> serves(each, root))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no daemon of " + root));
  }

  /** Java itself shows no more than a page of a command line. */
  private static boolean serves(ProcessHandle process, Path root) {
    try {
      List<String> words = Cmdline.of(process.pid()).words();
      return !words.isEmpty() && words.get(words.size() - 1).equals(root.toString());
    } catch (IOException ended) {
      return false;
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - endNs).as("time over").isNegative();
      Thread.sleep(PAUSE_MS);
    }
  }
}
