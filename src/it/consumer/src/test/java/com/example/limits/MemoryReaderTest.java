package com.example.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.vcgroupfs.junit.VirtualCgroup;
import io.github.vcgroupfs.nio.Cgroups;
import io.github.vcgroupfs.nio.Counter;
import io.github.vcgroupfs.nio.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A runtime that sizes its heap meets groups without a limit, other kernels, and other groups. */
@VirtualCgroup(profile = "linux-6.1", strict = true)
class MemoryReaderTest {
  private static final long MIB = 1 << 20;

  @Test
  void aLimitIsALimit(Cgroups cgroups) throws IOException {
    Group web = cgroups.create("/web");
    web.write("memory.limit_in_bytes", "64M");
    web.charge(Counter.MEMORY, 3 * MIB);
    MemoryReader reader = new MemoryReader(web.path());
    assertEquals(OptionalLong.of(64 * MIB), reader.limitBytes());
    assertEquals(3 * MIB, reader.usageBytes());
  }

  @Test
  void noLimitReadsAsAHugeNumber(Path root) throws IOException {
    assertEquals("9223372036854771712\n", Files.readString(root.resolve("memory.limit_in_bytes")));
    assertTrue(Naive.heapBytes(root) > 1L << 60, "a heap of more than an exbibyte");
    assertEquals(OptionalLong.empty(), new MemoryReader(root).limitBytes());
  }

  /** A program that compares with the number of another kernel goes wrong here. */
  @Test
  @VirtualCgroup(profile = "linux-3.10")
  void olderKernelsHaveAnotherHugeNumber(Path root) throws IOException {
    assertEquals("9223372036854775807\n", Files.readString(root.resolve("memory.limit_in_bytes")));
    assertEquals(OptionalLong.empty(), new MemoryReader(root).limitBytes());
  }

  @Test
  void theLimitOfAGroupAboveCountsToo(Cgroups cgroups) throws IOException {
    Group web = cgroups.create("/pod/web");
    cgroups.group("/pod").write("memory.limit_in_bytes", "32M");
    web.write("memory.limit_in_bytes", "64M");
    assertEquals(OptionalLong.of(32 * MIB), new MemoryReader(web.path()).limitBytes());
    assertEquals(16 * MIB, Naive.heapBytes(web.path()), "a quarter of what it may not have");
  }

  @Test
  @VirtualCgroup(profile = "linux-3.3")
  void aKernelMayNotHaveTheFile(Path root) throws IOException {
    Path file = root.resolve("memory.kmem.limit_in_bytes");
    assertThrows(NoSuchFileException.class, () -> Files.readString(file));
    assertEquals(OptionalLong.empty(), new MemoryReader(root).kernelLimitBytes());
  }
}
