package com.example.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.vcgroupfs.junit.Mode;
import io.github.vcgroupfs.junit.VirtualCgroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On a mount, with a real process. The tag is for the build: these tests need more jars. */
@Tag("mount")
@VirtualCgroup(profile = "linux-5.10", mode = Mode.MOUNT)
class MountTest {
  @Test
  void aRealProcessIsMoved(Path root) throws IOException, InterruptedException {
    JobGroup job = JobGroup.create(root, "job");
    Process sleep = new ProcessBuilder("sleep", "60").start();
    try {
      assertTrue(job.attach(sleep.pid()));
      assertEquals(sleep.pid(), job.members().get(0));
    } finally {
      sleep.destroy();
    }
    job.remove(MountTest::pause);
    assertFalse(Files.exists(job.directory()));
  }

  /** Programs in other languages see the same files. */
  @Test
  void everyProgramCanUseIt(Path root) throws IOException, InterruptedException {
    JobGroup job = JobGroup.create(root, "job");
    job.limitMemory(64 << 20, 64 << 20);
    Process cat =
        new ProcessBuilder("cat", job.directory().resolve("memory.limit_in_bytes").toString())
            .start();
    assertEquals("67108864\n", new String(cat.getInputStream().readAllBytes()));
    assertEquals(0, cat.waitFor());
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
