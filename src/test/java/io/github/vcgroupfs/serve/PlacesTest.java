package io.github.vcgroupfs.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an edit may be about. */
class PlacesTest {
  @TempDir private Path dir;

  private Path top;
  private Path web;
  private Places places;

  @BeforeEach
  void makeGroups() throws Exception {
    top = Files.createDirectory(dir.toRealPath().resolve("top"));
    web = Files.createDirectory(top.resolve("web"));
    Files.createFile(web.resolve("memory.limit"));
    places = new Places(top);
  }

  private static void refused(Errno errno, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ErrnoException.class, refusal -> assertThat(refusal.errno()).isEqualTo(errno));
  }

  @Test
  void groupsAndTheirFiles() throws Exception {
    assertThat(places.group(top)).isEqualTo(top);
    assertThat(places.file(web, "memory.limit")).isEqualTo(web.resolve("memory.limit"));
    assertThat(places.newGroup(web.resolve("a"))).isEqualTo(web.resolve("a"));
    refused(Errno.ENOENT, () -> places.file(web, "memory.other"));
    refused(Errno.ENOENT, () -> places.group(web.resolve("nope")));
    refused(Errno.ENOENT, () -> places.newGroup(web.resolve("nope/a")));
    refused(Errno.ENOENT, () -> places.group(web.resolve("memory.limit")));
    refused(Errno.EEXIST, () -> places.newGroup(top));
  }

  @Test
  void nothingLeadsOut() {
    refused(Errno.EACCES, () -> places.group(dir));
    refused(Errno.EACCES, () -> places.group(top.resolve("..")));
    refused(Errno.EACCES, () -> places.group(web.resolve("../../top/web")));
    refused(Errno.EACCES, () -> places.group(top.resolveSibling("top-secret")));
  }

  @Test
  void noLinkIsFollowed() throws Exception {
    Path outside = Files.createDirectory(dir.resolve("outside"));
    Files.createFile(outside.resolve("memory.limit"));
    Files.createSymbolicLink(top.resolve("link"), outside);
    Files.createSymbolicLink(web.resolve("memory.link"), outside.resolve("memory.limit"));
    refused(Errno.ENOENT, () -> places.group(top.resolve("link")));
    refused(Errno.ENOENT, () -> places.file(top.resolve("link"), "memory.limit"));
    refused(Errno.ENOENT, () -> places.newGroup(top.resolve("link/new")));
    refused(Errno.ENOENT, () -> places.file(web, "memory.link"));
  }

  @Test
  void anotherFileSystemIsNotServed() throws Exception {
    Places all = new Places(Path.of("/"));
    refused(Errno.EXDEV, () -> all.group(Path.of("/proc")));
  }

  /** A token moves no processes and starts no program. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tasks",
        "cgroup.procs",
        "cgroup.event_control",
        "release_agent",
        "notify_on_release",
        "../memory.limit",
        "web/memory.limit",
        "..",
        ".",
        "",
        "memory.limit/",
        "memory.limit\n",
      })
  void otherFilesAreForAShell(String name) {
    refused(Errno.EPERM, () -> places.file(web, name));
  }
}
