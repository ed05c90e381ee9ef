package io.github.vcgroupfs.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at real mounts, and at the kernel's own groups. */
@MountTest
class WatchIT {
  private static final Path KERNEL = Path.of("/sys/fs/cgroup/memory");
  private static final int SIGCONT = 18;
  private static final int SIGSTOP = 19;
  private static final int SIGKILL = 9;

  @TempDir Path folder;
  private MountedFs mount;
  private Watcher watcher;

  @AfterEach
  void end() throws Exception {
    if (watcher != null) {
      watcher.close();
    }
    if (mount != null) {
      mount.close();
    }
  }

  private static void await(Callable<Boolean> state) throws Exception {
    while (!state.call()) {
      Thread.sleep(5);
    }
  }

  private void signal(int number) {
    assertThat(Libc.kill((int) mount.daemon().pid(), number)).isZero();
  }

  @Test
  void allThatAMountTells() throws Exception {
    mount = MountedFs.start();
    mount.mkdir("web");
    mount.mkdir("web/a b");
    mount.write("web/memory.kmem.tcp.limit_in_bytes", "64K");
    mount.write("web/sim.tcp.flows", "add f connections=8 read=1M/s");
    assertThat(
            catchThrowableOfType(
                IOException.class, () -> mount.write("web/memory.limit_in_bytes", "x")))
        .isNotNull();

    Hierarchy found = Hierarchy.at(mount.root());
    assertThat(found.isOurs()).isTrue();
    assertThat(found.isStrict()).isFalse();
    assertThat(found.profile()).contains("lwn-2011");
    await(() -> found.read().group("/web").orElseThrow().raw(Column.TCP_FAILCNT) > 0);
    await(() -> found.read().group("/web").orElseThrow().raw(Column.RECEIVED) > 0);
    Snapshot seen = found.read();
    assertThat(seen.groups().stream().map(GroupSample::path).toList())
        .containsExactly("/", "/web", "/web/a b");
    GroupSample web = seen.group("/web").orElseThrow();
    assertThat(web.get(Column.SOCKETS)).hasValue(16);
    assertThat(web.get(Column.TCP_LIMIT)).hasValue(64 << 10);
    assertThat(web.raw(Column.TCP_USAGE)).isPositive();
    assertThat(web.raw(Column.PRESSURE_ENTERED)).isPositive();
    assertThat(web.raw(Column.SENT)).isGreaterThanOrEqualTo(web.raw(Column.RECEIVED));
    assertThat(seen.groups().get(0).raw(Column.PROCS)).isPositive();

    assertThat(found.sockets("/web")).hasSize(16).allMatch(SocketRow::isAccounted);
    assertThat(found.sockets("/web/a b")).isEmpty();
    assertThat(found.flows("/web").get(0)).containsEntry("name", "f");
    assertThat(found.relays("/web")).isEmpty();
    JournalLine refusal = found.why("/web").get(0);
    assertThat(refusal.errno()).contains("EINVAL");
    assertThat(refusal.target()).contains("web/memory.limit_in_bytes \"x\"");
    assertThat(found.journal()).contains(refusal).anyMatch(line -> line.call().equals("mkdir"));
  }

  @Test
  void aStrictMountIsReadLikeAKernel() throws Exception {
    mount = MountedFs.start("--profile", "linux-6.18", "--strict");
    mount.mkdir("web");
    mount.write("web/memory.limit_in_bytes", "1M");
    Hierarchy found = Hierarchy.at(mount.root());
    assertThat(found.isOurs() && found.isStrict()).isTrue();
    assertThat(found.read().group("/web").orElseThrow().get(Column.LIMIT)).hasValue(1 << 20);
    assertThat(found.whyUnknown(Column.WINDOW).orElseThrow()).contains("--strict");
    assertThat(found.journal()).isEmpty();
  }

  @Test
  void aMountWhoseDaemonWasKilledIsDeadAndIsFoundAgain() throws Exception {
    Path place = folder.toRealPath().resolve("mnt");
    mount = MountedFs.at(place);
    watcher = new Watcher(Hierarchy.at(place), Duration.ofMillis(50));
    watcher.subscribe(snapshot -> {});
    await(() -> watcher.state().isSeen());
    signal(SIGKILL);
    await(() -> watcher.state().kind() == WatchState.Kind.DEAD);
    assertThat(watcher.state().why().orElseThrow()).contains("umount " + place);
    assertThat(catchThrowableOfType(WatchException.class, () -> Hierarchy.at(place)).kind())
        .isEqualTo(WatchException.Kind.DEAD);
    assertThat(watcher.latest()).as("what was seen last").isPresent();
    mount.close(); // is not kept from it by the watcher
    await(() -> watcher.state().kind() == WatchState.Kind.ABSENT);
    mount = MountedFs.at(place, "--profile", "linux-6.18");
    mount.mkdir("new");
    await(() -> watcher.latest().orElseThrow().group("/new").isPresent());
    assertThat(watcher.state().isSeen()).isTrue();
    assertThat(watcher.hierarchy().profile()).contains("linux-6.18");
  }

  /** The watcher's own thread waits; nobody else does. */
  @Test
  void aMountThatDoesNotAnswerHoldsUpNobody() throws Exception {
    mount = MountedFs.start();
    watcher = new Watcher(Hierarchy.at(mount.root()), Duration.ofMillis(20));
    watcher.subscribe(snapshot -> {});
    await(() -> watcher.state().isSeen());
    signal(SIGSTOP);
    try {
      await(() -> watcher.state().kind() == WatchState.Kind.SILENT);
      assertThat(watcher.state().why().orElseThrow()).contains("has not answered for");
      assertThat(watcher.latest()).isPresent();
    } finally {
      signal(SIGCONT);
    }
    await(() -> watcher.state().isSeen());
  }

  @Test
  void theKernelsOwnGroups() throws Exception {
    Needs.that(Files.exists(KERNEL.resolve("tasks")), "no v1 memory hierarchy of the kernel");
    Hierarchy found = Hierarchy.at(KERNEL);
    assertThat(found.isOurs() || found.isStrict()).isFalse();
    GroupSample top = found.read().groups().get(0);
    for (Column each : Column.all()) {
      assertThat(top.get(each).isPresent() || found.whyUnknown(each).isPresent())
          .as("%s is known at the top, or there is a reason", each)
          .isTrue();
    }
    for (Column each : List.of(Column.USAGE, Column.LIMIT, Column.FAILCNT, Column.PROCS)) {
      assertThat(found.whyUnknown(each)).as("%s", each).isEmpty();
    }
    assertThat(top.raw(Column.USAGE)).isPositive();
    assertThat(Hierarchy.at(KERNEL.getParent()).directory()).isEqualTo(found.directory());
  }
}
