package com.example.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.vcgroupfs.junit.VirtualCgroup;
import io.github.vcgroupfs.nio.Cgroups;
import io.github.vcgroupfs.nio.FakeProcess;
import io.github.vcgroupfs.nio.Fault;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A build farm meets limits that are refused, processes that have ended, groups that are busy. */
@VirtualCgroup(profile = "linux-5.10", strict = true)
class JobGroupTest {
  private static final long MIB = 1 << 20;

  // --- limits ------------------------------------------------------------------------------------

  @Test
  void aLimitCanBeRaisedAndLowered(Path root) throws IOException {
    JobGroup job = JobGroup.create(root, "job");
    job.limitMemory(64 * MIB, 64 * MIB);
    job.limitMemory(128 * MIB, 128 * MIB);
    job.limitMemory(32 * MIB, 32 * MIB);
    Path limit = job.directory().resolve("memory.limit_in_bytes");
    assertEquals("33554432\n", Files.readString(limit));
  }

  @Test
  void theLimitWithSwapIsWrittenFirstWhenItGrows(Path root, Cgroups cgroups) throws IOException {
    JobGroup job = JobGroup.create(root, "job");
    job.limitMemory(64 * MIB, 64 * MIB);
    cgroups.forgetCalls();
    job.limitMemory(128 * MIB, 128 * MIB);
    cgroups
        .group("/job")
        .assertWrote("memory.memsw.limit_in_bytes")
        .with("134217728")
        .before("memory.limit_in_bytes");
    cgroups.assertNoErrors();
  }

  @Test
  @VirtualCgroup(profile = "linux-3.10")
  void kernelMemoryIsLimitedBeforeTheFirstProcessComes(Path root, Cgroups cgroups)
      throws IOException {
    FakeProcess compiler = cgroups.start();
    JobGroup job = JobGroup.create(root, "job");
    assertTrue(job.limitKernelMemory(16 * MIB));
    job.attach(compiler.pid());
    cgroups.group("/job").assertWrote("memory.kmem.limit_in_bytes").times(1).before("cgroup.procs");
  }

  @Test
  @VirtualCgroup(profile = "linux-3.10")
  void kernelMemoryIsNotLimitedLater(Path root, Cgroups cgroups) throws IOException {
    JobGroup job = JobGroup.create(root, "job");
    cgroups.start("/job");
    IOException refused = assertThrows(IOException.class, () -> job.limitKernelMemory(16 * MIB));
    assertEquals("Device or resource busy", refused.getMessage());
    cgroups.group("/job").assertRefused("memory.kmem.limit_in_bytes", "EBUSY");
  }

  @Test
  @VirtualCgroup(profile = "linux-5.16")
  void aKernelMayRefuseToLimitKernelMemory(Path root) throws IOException {
    assertFalse(JobGroup.create(root, "job").limitKernelMemory(16 * MIB));
  }

  @Test
  @VirtualCgroup(profile = "linux-6.18")
  void aKernelMayTakeTheLimitAndForgetIt(Path root) throws IOException {
    assertFalse(JobGroup.create(root, "job").limitKernelMemory(16 * MIB));
  }

  @Test
  @VirtualCgroup(profile = "linux-3.3")
  void aKernelMayNotHaveTheFile(Path root) throws IOException {
    assertFalse(JobGroup.create(root, "job").limitKernelMemory(16 * MIB));
  }

  /** What no rule of this kernel refuses here, a fault does: another error, at another time. */
  @Test
  void whatIsRefusedForAnotherReasonIsNotHidden(Path root, Cgroups cgroups) throws IOException {
    JobGroup job = JobGroup.create(root, "job");
    cgroups
        .group("/job")
        .fault(Fault.on("write", "memory.kmem.limit_in_bytes").failing("ENOMEM").times(1));
    IOException refused = assertThrows(IOException.class, () -> job.limitKernelMemory(16 * MIB));
    assertEquals("Cannot allocate memory", refused.getMessage());
    assertTrue(job.limitKernelMemory(16 * MIB), "the second time");
  }

  // --- processes ---------------------------------------------------------------------------------

  @Test
  void processesComeOneByOne(Path root, Cgroups cgroups) throws IOException {
    JobGroup job = JobGroup.create(root, "job");
    long make = cgroups.start().pid();
    long cc = cgroups.start().pid();
    IOException refused =
        assertThrows(IOException.class, () -> Naive.attach(job.directory(), List.of(make, cc)));
    assertEquals("Invalid argument", refused.getMessage());
    assertTrue(job.attach(make));
    assertTrue(job.attach(cc));
    assertEquals(List.of(make, cc), job.members());
  }

  @Test
  void aProcessMayHaveEndedBeforeItIsMoved(Path root, Cgroups cgroups) throws IOException {
    JobGroup job = JobGroup.create(root, "job");
    FakeProcess quick = cgroups.start();
    quick.exit();
    assertFalse(job.attach(quick.pid()));
    cgroups.group("/job").assertRefused("cgroup.procs", "ESRCH");
  }

  @Test
  @VirtualCgroup(controllers = "cpuset")
  void aNewGroupHasNoProcessors(Path root, Cgroups cgroups) throws IOException {
    FakeProcess compiler = cgroups.start();
    JobGroup job = JobGroup.create(root, "job");
    IOException refused = assertThrows(IOException.class, () -> job.attach(compiler.pid()));
    assertEquals("No space left on device", refused.getCause().getMessage());
    job.shareProcessors();
    assertTrue(job.attach(compiler.pid()));
  }

  // --- the end -----------------------------------------------------------------------------------

  @Test
  void aGroupIsBusyUntilItsProcessesHaveEnded(Path root, Cgroups cgroups) throws IOException {
    JobGroup job = JobGroup.create(root, "job");
    FakeProcess compiler = cgroups.start("/job");
    FileSystemException busy =
        assertThrows(FileSystemException.class, () -> Files.delete(job.directory()));
    assertEquals("Device or resource busy", busy.getReason());
    job.remove(compiler::exit); // it ends while remove() pauses
    assertFalse(Files.exists(job.directory()));
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void nobodyWaitsForeverForABusyGroup(Path root, Cgroups cgroups) throws IOException {
    JobGroup job = JobGroup.create(root, "job");
    cgroups.start("/job");
    Runnable pause = () -> cgroups.advance(Duration.ofMillis(100));
    assertThrows(FileSystemException.class, () -> job.remove(pause));
    assertEquals(Duration.ofMillis(4900), cgroups.now(), "of virtual time: none passed here");
  }

  @Test
  void aGroupThatSomebodyElseRemovedIsRemoved(Path root, Cgroups cgroups) throws IOException {
    JobGroup job = JobGroup.create(root, "job");
    cgroups.remove("/job");
    job.remove(() -> {});
  }
}
