package com.example.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.vcgroupfs.nio.Group;
import io.github.vcgroupfs.nio.VirtualCgroupFileSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The same for those who use another test framework, or none. */
class WithoutJUnitTest {
  @Test
  void aFileSystemIsOpenedByABuilder() throws IOException {
    try (VirtualCgroupFileSystem host =
        VirtualCgroupFileSystem.builder()
            .profile("linux-4.19")
            .controllers("memory,cpuset")
            .open()) {
      Group web = host.cgroups().create("/memory/web");
      assertEquals("/sys/fs/cgroup/memory/web", web.path().toString());
      Path memory = host.root().resolve("memory");
      assertEquals(Set.of("", "web"), new GroupReport(memory).lines().keySet());
    }
  }

  @Test
  void aFileSystemIsOpenedByAnAddress() throws IOException {
    URI address = URI.create("cgroup:/my-test");
    try (FileSystem host = FileSystems.newFileSystem(address, Map.of("profile", "linux-6.1"))) {
      Path job = host.getPath("/sys/fs/cgroup/memory/job");
      Files.createDirectory(job);
      assertEquals("0\n", Files.readString(job.resolve("memory.failcnt")));
    }
  }
}
