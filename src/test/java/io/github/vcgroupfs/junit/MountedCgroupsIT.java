package io.github.vcgroupfs.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.nio.Cgroups;
import io.github.vcgroupfs.nio.Counter;
import io.github.vcgroupfs.nio.Fault;
import io.github.vcgroupfs.nio.FileCall;
import io.github.vcgroupfs.nio.Group;
import io.github.vcgroupfs.testing.MountTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The test's side of a mount; each test has groups of its own on one mount. */
@MountTest
@VirtualCgroup(mode = Mode.MOUNT, profile = "linux-6.1", lifecycle = Lifecycle.PER_CLASS)
class MountedCgroupsIT {
  private static final String LIMIT = "memory.limit_in_bytes";

  @Test
  void groupsAreDirectories(Cgroups cgroups, Path root) throws IOException {
    Group front = cgroups.create("/groups/front");
    cgroups.create("groups/back");
    assertThat(front.path()).isEqualTo(root.resolve("groups/front")).isDirectory();
    assertThat(front.name()).isEqualTo("/groups/front");
    assertThat(cgroups.group("/groups").children())
        .extracting(Group::name)
        .containsExactly("/groups/back", "/groups/front");
    assertThat(cgroups.list()).extracting(Group::name).contains("/", "/groups", "/groups/back");
    cgroups.remove("/groups/back");
    assertThat(cgroups.exists("/groups/back")).isFalse();
    assertThat(cgroups.find("/groups/front")).contains(front);
    assertThatThrownBy(() -> cgroups.group("/groups/back")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void filesAreReadAndWritten(Cgroups cgroups) throws IOException {
    Group group = cgroups.create("/files");
    group.write(LIMIT, "64M");
    assertThat(group.read(LIMIT)).isEqualTo("67108864\n");
    assertThat(group.readNumber(LIMIT)).isEqualTo(67108864L);
    assertThat(group.path(LIMIT)).hasContent("67108864\n");
  }

  @Test
  void faultsStrikeAndEnd(Cgroups cgroups) throws IOException {
    Group group = cgroups.create("/faulty");
    group.fault(Fault.on("write", LIMIT).failing("EBUSY").times(1));
    assertThatThrownBy(() -> Files.writeString(group.path(LIMIT), "1M"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Device or resource busy");
    group.assertRefused(LIMIT, "EBUSY");
    assertThat(cgroups.why()).anyMatch(line -> line.contains("faulty/" + LIMIT));

    group.fault("read " + LIMIT + " error=ENODEV");
    assertThatThrownBy(() -> group.read(LIMIT)).hasMessageContaining("No such device");
    group.clearFaults();
    assertThat(group.read(LIMIT)).endsWith("\n");
  }

  @Test
  void writesAreInTheirOrder(Cgroups cgroups) throws IOException {
    Group group = cgroups.create("/ordered");
    Files.writeString(group.path("memory.soft_limit_in_bytes"), "1M");
    Files.writeString(group.path(LIMIT), "2M\n");
    Files.writeString(group.path(LIMIT), "3M");
    assertThat(group.writes()).extracting(FileCall::value).containsExactly("1M", "2M", "3M");
    group.assertWrote(LIMIT).with("3M").times(2).after("memory.soft_limit_in_bytes");
    group.assertNeverWrote("memory.swappiness");
    assertThatThrownBy(() -> group.assertWrote(LIMIT).before("memory.soft_limit_in_bytes"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ordered/" + LIMIT + " \"3M\"");
    assertThat(cgroups.writes()).containsAll(group.writes());
    assertThat(cgroups.journal()).anyMatch(line -> line.contains("write ordered/" + LIMIT));
  }

  @Test
  void flowsMove(Cgroups cgroups) throws IOException, InterruptedException {
    Group group = cgroups.create("/flowing");
    group.addFlow("upload send=1M/s");
    cgroups.await(
        () -> group.tcpStat().values().stream().anyMatch(each -> each > 0), Duration.ofSeconds(20));
    group.removeFlow("upload");
  }

  @Test
  void processesAreRealOnes(Cgroups cgroups) throws IOException {
    Group group = cgroups.create("/members");
    assertThat(cgroups.root().processes()).contains((int) ProcessHandle.current().pid());
    // Not this one: children of tests beside this one would begin in the group.
    Process sleeping = new ProcessBuilder("sleep", "60").start();
    try {
      int pid = (int) sleeping.pid();
      group.attach(pid);
      assertThat(group.processes()).containsExactly(pid);
      assertThat(group.threads()).containsExactly(pid);
    } finally {
      sleeping.destroyForcibly();
    }
  }

  @Test
  void whatAMountCannotSaysWhatWouldWork(Cgroups cgroups) throws IOException {
    Group group = cgroups.create("/limits");
    refused(
        () -> cgroups.advance(Duration.ofSeconds(1)),
        "virtual time needs a hierarchy in the JVM; on a mount: time is that of the clock: wait for what is to come");
    refused(
        () -> cgroups.start("/limits"),
        "a fake process needs a hierarchy in the JVM; on a mount: start a real one and attach it by its pid");
    refused(
        () -> group.charge(Counter.MEMORY, 4096),
        "a charge needs a hierarchy in the JVM; on a mount: addFlow charges buffers, and a usage file can be written");
    refused(
        () -> group.usage(Counter.TCP),
        "the usage by its counter needs a hierarchy in the JVM; on a mount: read the control "
            + "file, such as with readNumber(FILE)");
    refused(
        () -> group.onEvent(LIMIT, ""),
        "a counter of events needs a hierarchy in the JVM; on a mount: a program with an "
            + "eventfd registers with cgroup.event_control");
    refused(
        () -> group.reads(),
        "the reads needs a hierarchy in the JVM; on a mount: sim.journal has changes and refusals only: writes()");
  }

  private static void refused(ThrowingCall call, String sentence) {
    assertThatThrownBy(call::run)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(sentence);
  }

  /** What is refused. */
  private interface ThrowingCall {
    void run() throws Exception;
  }

  /** Two hierarchies. */
  @Nested
  @VirtualCgroup(controllers = "memory,pids")
  class Several {
    @Test
    void aPathBeginsWithTheHierarchy(Cgroups cgroups, Path root) throws IOException {
      assertThat(cgroups.hierarchies()).isEqualTo(List.of("memory", "pids"));
      Group web = cgroups.create("/pids/web");
      assertThat(web.path()).isEqualTo(root.resolve("pids/web")).isDirectory();
      assertThat(web.name()).isEqualTo("/web");
      web.write("pids.max", "7");
      cgroups.create("/memory/web");
      assertThat(web.writes()).extracting(FileCall::value).containsExactly("7");
      assertThat(cgroups.group("/memory/web").writes()).isEmpty();
      cgroups.forgetCalls();
      assertThat(cgroups.calls()).isEmpty();
    }
  }

  /** Without files of ours. */
  @Nested
  @VirtualCgroup(strict = true)
  class Strict {
    @Test
    void faultsAndTheJournalAreMissing(Cgroups cgroups, Path root) throws IOException {
      Group group = cgroups.create("/web");
      refused(
          () -> group.fault("read error=EBUSY"),
          root.resolve("web/sim.fault")
              + " is not there, for the mount is strict: leave strict out");
      refused(
          cgroups::journal,
          root.resolve("sim.journal") + " is not there, for the mount is strict: leave strict out");
    }
  }
}
