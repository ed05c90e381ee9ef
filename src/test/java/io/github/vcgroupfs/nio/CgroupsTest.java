package io.github.vcgroupfs.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The test's side of a file system, and what the code under test sees of it. */
class CgroupsTest {
  private final java.util.ArrayList<VirtualCgroupFileSystem> open = new java.util.ArrayList<>();

  private VirtualCgroupFileSystem open(VirtualCgroupFileSystemBuilder builder) throws IOException {
    VirtualCgroupFileSystem made = builder.open();
    open.add(made);
    return made;
  }

  private Cgroups cgroups(String profile, String controllers) throws IOException {
    return open(VirtualCgroupFileSystem.builder().profile(profile).controllers(controllers))
        .cgroups();
  }

  @AfterEach
  void close() throws IOException {
    for (VirtualCgroupFileSystem each : open) {
      each.close();
    }
  }

  // --- groups ------------------------------------------------------------------------------------

  @Test
  void groupsAreMadeWithTheirParentsFoundAndRemoved() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "memory");
    Group front = cgroups.create("/web/front");
    assertThat(Files.isDirectory(front.path())).isTrue();
    assertThat(front.path()).hasToString("/sys/fs/cgroup/memory/web/front");
    assertThat(cgroups.create("web/front")).isEqualTo(front);
    assertThat(cgroups.list()).extracting(Group::name).containsExactly("/", "/web", "/web/front");
    assertThatThrownBy(() -> cgroups.remove("/web"))
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith("/web: Device or resource busy (EBUSY: ");
    cgroups.remove("/web/front");
    assertThat(front.exists()).isFalse();
    assertThat(cgroups.find("/web/front")).isEmpty();
    assertThatThrownBy(() -> cgroups.group("/web/front")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> front.read("memory.stat")).hasMessageContaining("No such device");
  }

  @Test
  void withSeveralHierarchiesAPathBeginsWithTheNameOfOne() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "memory,cpu+cpuacct");
    assertThat(cgroups.hierarchies()).containsExactly("memory", "cpu,cpuacct");
    Group memory = cgroups.create("/memory/web");
    Group cpu = cgroups.create("/cpu/web");
    assertThat(memory.path()).hasToString("/sys/fs/cgroup/memory/web");
    assertThat(cpu.path()).hasToString("/sys/fs/cgroup/cpu,cpuacct/web");
    assertThat(cpu.name()).isEqualTo("/web");
    FakeProcess process = cgroups.start("/memory/web");
    assertThat(cpu.processes()).isEmpty();
    cpu.attach(process);
    assertThat(cpu.processes()).isEqualTo(memory.processes()).containsExactly(process.pid());
    assertThatThrownBy(() -> cgroups.create("/blkio/web"))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("/memory /cpu,cpuacct");
  }

  @Test
  void namesMayHaveAnyLetters() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "memory");
    Group group = cgroups.create("/größe");
    assertThat(group.name()).isEqualTo("/größe");
    assertThat(Files.exists(group.path("memory.stat"))).isTrue();
    Files.createDirectory(group.path().resolve("käse"));
    assertThat(cgroups.exists("/größe/käse")).isTrue();
  }

  // --- processes ---------------------------------------------------------------------------------

  @Test
  void aProcessKeepsAGroupBusyUntilItExits() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "memory");
    Group web = cgroups.create("/web");
    FakeProcess process = cgroups.start("/web", 4711);
    FakeProcess child = process.fork();
    assertThat(Files.readAllLines(web.path("cgroup.procs")))
        .containsExactlyInAnyOrder("4711", "" + child.pid());
    assertThatThrownBy(() -> Files.delete(web.path())).isInstanceOf(FileSystemException.class);
    child.exit();
    assertThat(child.isZombie()).isTrue();
    process.exit();
    assertThat(web.processes()).isEmpty();
    Files.delete(web.path());
    assertThat(web.exists()).isFalse();
  }

  @Test
  void thisJvmIsAProcessThatCanMoveItself() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "memory");
    Group web = cgroups.create("/web");
    int own = (int) ProcessHandle.current().pid();
    assertThat(cgroups.self().pid()).isEqualTo(own);
    assertThat(cgroups.root().processes()).containsExactly(own);
    Files.writeString(web.path("cgroup.procs"), "" + own);
    assertThat(web.processes()).containsExactly(own);
    Files.writeString(cgroups.root().path("cgroup.procs"), "0\n");
    assertThat(web.processes()).isEmpty();
    assertThatThrownBy(() -> Files.writeString(web.path("cgroup.procs"), "99"))
        .isInstanceOf(IOException.class)
        .hasMessage("No such process");
  }

  @Test
  void anEmptyCpusetTakesNoProcess() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "cpuset");
    Group web = cgroups.create("/web");
    assertThatThrownBy(() -> cgroups.start("/web", 4711))
        .hasMessageContaining("No space left on device");
    assertThat(cgroups.root().processes()).doesNotContain(4711);
    web.write("cpuset.cpus", "0-1");
    web.write("cpuset.mems", "0");
    assertThat(cgroups.start("/web", 4711).threads()).containsExactly(4711);
  }

  @Test
  void aLimitOfTasksKeepsAProcessFromForking() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "pids");
    Group web = cgroups.create("/web");
    Group front = cgroups.create("/web/front");
    FakeProcess process = cgroups.start("/web/front");
    web.write("pids.max", "2");
    int thread = process.addThread();
    assertThatThrownBy(process::fork)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("Resource temporarily unavailable")
        .hasMessageContaining("/web has 2 tasks");
    assertThat(front.read("pids.events")).isEqualTo("max 1\n");
    assertThat(web.read("pids.events")).isEqualTo("max 0\n");
    process.endThread(thread);
    assertThat(process.fork().isAlive()).isTrue();
    assertThat(web.readNumber("pids.current")).isEqualTo(2);
  }

  @Test
  void usedProcessorTimeIsCounted() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "cpuacct");
    Group web = cgroups.create("/web");
    FakeProcess process = cgroups.start("/web");
    process.useCpu(1, Duration.ofSeconds(2), Duration.ofMillis(500));
    assertThat(web.readNumber("cpuacct.usage")).isEqualTo(2_500_000_000L);
    assertThat(web.read("cpuacct.usage_percpu").strip()).isEqualTo("0 2500000000");
    process.useCpu(0, Duration.ZERO, Duration.ofMillis(500));
    process.exit();
    assertThat(web.readNumber("cpuacct.usage")).isEqualTo(3_000_000_000L);
  }

  @Test
  void theReleaseAgentIsToldOfTheLastExit() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "memory");
    cgroups.root().write("release_agent", "/bin/agent");
    Group web = cgroups.create("/web");
    web.write("notify_on_release", "1");
    cgroups.start("/web").exit();
    assertThat(cgroups.root().read("sim.journal")).contains("release_agent web \"/bin/agent\"");
  }

  // --- memory ------------------------------------------------------------------------------------

  @Test
  void chargedMemoryMeetsLimitsAndLeavesTraces() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "memory");
    Group web = cgroups.create("/web");
    Group front = cgroups.create("/web/front");
    web.write("memory.limit_in_bytes", "1M");
    Charge charge = front.charge(Counter.MEMORY, 1_000_000);
    assertThat(web.usage(Counter.MEMORY)).isGreaterThanOrEqualTo(1_003_520);
    assertThat(front.usage(Counter.MEMORY)).isEqualTo(1_003_520); // 245 pages
    assertThat(front.peak(Counter.MEMORY)).isEqualTo(1_003_520);
    assertThatThrownBy(() -> front.charge(Counter.MEMORY, 1 << 20))
        .hasMessageContaining("Cannot allocate memory");
    assertThat(web.failcnt(Counter.MEMORY)).isEqualTo(1);
    charge.release();
    charge.release();
    assertThat(front.usage(Counter.MEMORY)).isZero();
    // mm/page_counter.c page_counter_try_charge: what was refused above has been here for a moment
    assertThat(front.peak(Counter.MEMORY)).isEqualTo(1_003_520 + (1 << 20));
    assertThat(web.limit(Counter.MEMORY)).isEqualTo(1 << 20);
    assertThat(web.peak(Counter.MEMORY)).isEqualTo(1_003_520 + 8192); // the group below, too
    assertThat(web.readNumber("memory.max_usage_in_bytes")).isEqualTo(1_003_520 + 8192);
  }

  @Test
  void kernelMemoryKeepsALimitFromBeingLowered() throws Exception {
    Cgroups cgroups =
        open(VirtualCgroupFileSystem.builder().profile("linux-4.19").strict(true)).cgroups();
    Group web = cgroups.create("/web");
    web.write("memory.kmem.limit_in_bytes", "1M");
    Charge charge = web.charge(Counter.KMEM, 8192);
    assertThatThrownBy(() -> web.write("memory.kmem.limit_in_bytes", "4K"))
        .hasMessageContaining("Device or resource busy");
    charge.release();
    web.write("memory.kmem.limit_in_bytes", "4K");
    assertThatThrownBy(() -> web.charge(Counter.MEMSW, 1)).hasMessageContaining("Invalid argument");
  }

  @Test
  void memoryOfTcpIsCountedOnceThereIsALimit() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "memory");
    Group web = cgroups.create("/web");
    Charge before = web.charge(Counter.TCP, 100_000);
    assertThat(web.usage(Counter.TCP)).isZero();
    web.write("memory.kmem.tcp.limit_in_bytes", "64M");
    Charge after = web.charge(Counter.TCP, 100_000);
    assertThat(web.usage(Counter.TCP)).isBetween(100_000L, 200_000L);
    assertThat(web.tcpStat()).containsEntry("sockets", 1L);
    after.release();
    before.release();
    assertThat(web.usage(Counter.TCP)).isZero();
    assertThat(web.peak(Counter.TCP)).isPositive();
  }

  @Test
  void memoryOfAGroupThatIsGoneNeedNotBeReleased() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "memory");
    Charge charge = cgroups.create("/web").charge(Counter.MEMORY, 4096);
    cgroups.remove("/web");
    charge.release();
    assertThat(cgroups.exists("/web")).isFalse();
  }

  // --- events ------------------------------------------------------------------------------------

  @Test
  void aThresholdIsAnEvent() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "memory");
    Group web = cgroups.create("/web");
    EventCounter event = web.onEvent("memory.usage_in_bytes", "64K");
    assertThat(event.total()).isZero();
    web.charge(Counter.MEMORY, 128 << 10);
    assertThat(event.read()).isEqualTo(1);
    assertThat(event.read()).isZero();
    event.await(1, Duration.ZERO);
    assertThatThrownBy(() -> event.await(2, Duration.ZERO)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> web.onEvent("memory.stat", "")).hasMessageContaining("Invalid");
    assertThatThrownBy(() -> web.onEvent("no.file", "")).isInstanceOf(NoSuchFileException.class);
    cgroups.remove("/web");
    assertThat(event.isEnded()).isTrue();
    assertThat(event.total()).isEqualTo(2); // rmdir is one, too
  }

  // --- faults ------------------------------------------------------------------------------------

  @Test
  void aFaultStrikesTheCodeUnderTestAndNotTheTest() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "memory");
    Group web = cgroups.create("/web");
    web.fault(Fault.on("write", "memory.limit_in_bytes").failing("EBUSY").after(1).times(1));
    Path limit = web.path("memory.limit_in_bytes");
    Files.writeString(limit, "64M");
    web.write("memory.limit_in_bytes", "65M");
    assertThatThrownBy(() -> Files.writeString(limit, "66M")).hasMessage("Device or resource busy");
    Files.writeString(limit, "67M");
    assertThatThrownBy(() -> web.fault("write memory.limit_in_bytes EBUSY"))
        .hasMessageContaining("Invalid argument");
  }

  @Test
  void faultsWorkInAStrictFileSystemToo() throws Exception {
    VirtualCgroupFileSystem fs =
        open(VirtualCgroupFileSystem.builder().profile("linux-6.1").strict(true));
    Cgroups cgroups = fs.cgroups();
    assertThat(Files.exists(fs.root().resolve("sim.fault"))).isFalse();
    Path stat = cgroups.root().path("memory.stat");
    cgroups.fault("read memory.stat error=ENODEV");
    assertThatThrownBy(() -> Files.readString(stat)).hasMessage("No such device");
    cgroups.clearFaults();
    assertThat(Files.readString(stat)).startsWith("cache 0");
  }

  // --- time --------------------------------------------------------------------------------------

  @Test
  void timeMovesWhenTheTestSaysSo() throws Exception {
    VirtualCgroupFileSystem fs =
        open(VirtualCgroupFileSystem.builder().startAt(Instant.parse("2020-01-01T00:00:00Z")));
    Cgroups cgroups = fs.cgroups();
    assertThat(cgroups.now()).isZero();
    cgroups.advance(Duration.ofSeconds(90));
    assertThat(cgroups.now()).isEqualTo(Duration.ofSeconds(90));
    Group web = cgroups.create("/web");
    assertThat(Files.getLastModifiedTime(web.path()).toInstant())
        .isEqualTo(Instant.parse("2020-01-01T00:01:30Z"));
    assertThatIllegalArgumentException().isThrownBy(() -> cgroups.advance(Duration.ofSeconds(-1)));
    Cgroups wall = open(VirtualCgroupFileSystem.builder().wallClock()).cgroups();
    assertThatIllegalStateException().isThrownBy(() -> wall.advance(Duration.ofSeconds(1)));
  }

  @Test
  void whatIsPlannedHappensAtItsMoment() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "memory");
    List<String> done = new java.util.ArrayList<>();
    cgroups.at(Duration.ofSeconds(2), () -> done.add("b " + cgroups.now()));
    cgroups.at(Duration.ofSeconds(1), () -> done.add("a " + cgroups.now()));
    cgroups.at(Duration.ofSeconds(2), () -> cgroups.create("/web"));
    cgroups.advance(Duration.ofMillis(1999));
    assertThat(done).containsExactly("a PT1S");
    assertThat(cgroups.exists("/web")).isFalse();
    cgroups.advance(Duration.ofMillis(1));
    assertThat(done).containsExactly("a PT1S", "b PT2S");
    assertThat(cgroups.exists("/web")).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cgroups.at(Duration.ofSeconds(1), () -> done.add("late")));
    cgroups.at(Duration.ofSeconds(3), () -> cgroups.advance(Duration.ZERO));
    assertThatIllegalStateException().isThrownBy(() -> cgroups.advance(Duration.ofSeconds(1)));
    cgroups.at(Duration.ofSeconds(4), () -> cgroups.remove("/none"));
    assertThatThrownBy(() -> cgroups.advance(Duration.ofSeconds(1)))
        .isInstanceOf(java.io.UncheckedIOException.class);
    cgroups.advance(Duration.ZERO);
  }

  @Test
  void aDelayedCallWaitsUntilAnotherThreadMovesTime() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "memory");
    Group web = cgroups.create("/web");
    web.fault(Fault.on("read", "memory.stat").delayed(Duration.ofSeconds(30)).times(1));
    java.util.concurrent.FutureTask<String> reader =
        new java.util.concurrent.FutureTask<>(() -> Files.readString(web.path("memory.stat")));
    Thread thread = new Thread(reader);
    thread.setDaemon(true);
    thread.start();
    cgroups.await(() -> cgroups.waitingCalls() == 1, Duration.ofSeconds(20));
    cgroups.advance(Duration.ofSeconds(29));
    assertThat(cgroups.waitingCalls()).isEqualTo(1);
    cgroups.advance(Duration.ofSeconds(1));
    assertThat(reader.get(20, java.util.concurrent.TimeUnit.SECONDS)).startsWith("cache 0");
  }

  // --- what was called ---------------------------------------------------------------------------

  @Test
  void whatTheCodeUnderTestWroteAndInWhichOrder() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "memory");
    Group web = cgroups.create("/web");
    web.write("memory.limit_in_bytes", "1M"); // the test
    cgroups.advance(Duration.ofMillis(1500));
    Files.writeString(web.path("memory.kmem.limit_in_bytes"), "64M\n");
    Files.writeString(web.path("cgroup.procs"), "" + cgroups.self().pid());
    assertThatThrownBy(() -> Files.writeString(web.path("memory.limit_in_bytes"), "x"))
        .hasMessage("Invalid argument");
    web.assertWrote("memory.kmem.limit_in_bytes").with("64M").times(1).before("cgroup.procs");
    web.assertWrote("cgroup.procs").after("memory.kmem.limit_in_bytes");
    web.assertRefused("memory.limit_in_bytes", "EINVAL");
    web.assertNeverWrote("memory.failcnt");
    assertThat(web.writes()).hasSize(3);
    FileCall first = cgroups.writes().get(0);
    assertThat(first.value()).isEqualTo("64M");
    assertThat(first.at()).isEqualTo(Duration.ofMillis(1500));
    assertThat(first).hasToString("1.500 s: write /web memory.kmem.limit_in_bytes \"64M\"");

    assertThatThrownBy(() -> web.assertWrote("memory.limit_in_bytes"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Nobody wrote memory.limit_in_bytes of /web with success")
        .hasMessageContaining("sim.why")
        .hasMessageContaining("-> EINVAL: ");
    assertThatThrownBy(() -> web.assertWrote("cgroup.procs").before("memory.kmem.limit_in_bytes"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> web.assertWrote("cgroup.procs").before("memory.failcnt"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("nobody wrote memory.failcnt");
    assertThatThrownBy(cgroups::assertNoErrors)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("1 calls were refused");
    cgroups.forgetCalls();
    cgroups.assertNoErrors();
    assertThat(web.writes()).isEmpty();
  }

  @Test
  void aFileThatIsOpenedAndReadIsReadOnce() throws Exception {
    Cgroups cgroups = cgroups("linux-6.1", "memory");
    Group web = cgroups.create("/web");
    assertThat(Files.readString(web.path("memory.stat"))).isEqualTo(web.read("memory.stat"));
    assertThat(Files.readAllLines(web.path("memory.failcnt"))).containsExactly("0");
    assertThat(web.reads())
        .extracting(FileCall::file)
        .containsExactly("memory.stat", "memory.failcnt");
    Files.createDirectory(web.path().resolve("front"));
    assertThat(cgroups.calls())
        .extracting(FileCall::operation)
        .endsWith(FileCall.Operation.MKDIR)
        .hasSize(3);
  }

  // --- users and options -------------------------------------------------------------------------

  @Test
  void aUserMayWriteWhatIsGivenToHim() throws Exception {
    Cgroups cgroups =
        open(VirtualCgroupFileSystem.builder().profile("linux-6.1").user(1000, 1000)).cgroups();
    Group web = cgroups.create("/web");
    Path limit = web.path("memory.limit_in_bytes");
    assertThatThrownBy(() -> Files.writeString(limit, "1M"))
        .isInstanceOf(AccessDeniedException.class);
    web.chown(1000, 1000);
    Files.writeString(limit, "1M");
    Files.createDirectory(web.path().resolve("front"));
    assertThat(web.limit(Counter.MEMORY)).isEqualTo(1 << 20);
  }

  @Test
  void aPresetBringsProcessesThatCanExit() throws Exception {
    Cgroups cgroups = open(VirtualCgroupFileSystem.builder().preset("kmem-busy-tasks")).cgroups();
    Group busy =
        cgroups.list().stream()
            .filter(each -> !each.name().equals("/") && !each.processes().isEmpty())
            .findFirst()
            .orElseThrow();
    List<Integer> pids = busy.processes();
    pids.forEach(pid -> cgroups.process(pid).exit());
    assertThat(busy.processes()).isEmpty();
    assertThat(cgroups.calls()).as("the beginning is nobody's").isEmpty();
  }

  @Test
  void anOptionThatThereIsNotSaysWhichThereAre() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VirtualCgroupFileSystem.builder().profile("linux-1.0").open())
        .withMessageContaining("linux-6.18");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VirtualCgroupFileSystem.builder().controllers("disk").open())
        .withMessageContaining("memory");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VirtualCgroupFileSystem.builder().preset("none").open())
        .withMessageContaining("kmem-leak");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VirtualCgroupFileSystem.builder().processors(0));
  }
}
