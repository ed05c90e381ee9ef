package io.github.vcgroupfs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Syscalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sizes 0 as in the kernel, where the kernel may keep all attributes for long. */
@MountTest
@Tag("jdk")
class SizeZeroIT {
  private static final String LIMIT = "memory.limit_in_bytes";
  private static final int SEEK_END = 2;

  private static MountedFs fs;

  @BeforeAll
  static void mount() throws Exception {
    fs = MountedFs.start("--size", "zero");
    fs.mkdir("g");
  }

  @AfterAll
  static void unmount() throws Exception {
    fs.close();
  }

  @Test
  void sizesAre0EvenAfterAWrite() throws Exception {
    Path limit = fs.path("g/" + LIMIT);
    assertThat(Files.size(limit)).isZero();
    int fd = Syscalls.open(limit, Syscalls.O_RDWR);
    assertThat(Syscalls.write(fd, "65536")).isEqualTo(5);
    assertThat(Files.size(limit)).isZero();
    assertThat(Syscalls.lseek(fd, 0, SEEK_END)).isZero();
    assertThat(Syscalls.read(fd, 100)).asString().isEqualTo("65536\n");
    Syscalls.close(fd);
    List<String> cat = List.of("cat", limit.toString());
    assertThat(Program.runToEnd(cat).out()).isEqualTo("65536\n");
  }

  /** {@code fs/libfs.c simple_setattr} of 3.2, which files of that time's cgroupfs have. */
  @Test
  void truncateSetsTheSizeAndOpenForWritingResetsIt() throws Exception {
    Path limit = fs.path("g/" + LIMIT);
    assertThat(Syscalls.truncate(limit, 4096)).isZero();
    assertThat(Files.size(limit)).isEqualTo(4096);
    int fd = Syscalls.open(limit, Syscalls.O_RDONLY);
    assertThat(Syscalls.lseek(fd, 0, SEEK_END)).isEqualTo(4096);
    assertThat(Syscalls.lseek(fd, 0, 0)).isZero();
    assertThat(Syscalls.read(fd, 100)).asString().endsWith("\n").hasSizeLessThan(30);
    Syscalls.close(fd);
    assertThat(Syscalls.truncate(limit, 1L << 31)).isEqualTo(-Errno.EFBIG.number());
    Syscalls.close(Syscalls.open(limit, Syscalls.O_WRONLY | Syscalls.O_TRUNC));
    assertThat(Files.size(limit)).isZero();
  }

  @Test
  void whatIsKeptIsNeverStale() throws Exception {
    Path limit = fs.path("g/" + LIMIT);
    Path group = fs.path("g");
    assertThat(Files.getAttribute(group, "unix:nlink")).isEqualTo(2);
    fs.mkdir("g/a");
    assertThat(Files.getAttribute(group, "unix:nlink")).isEqualTo(3);
    fs.rmdir("g/a");
    assertThat(Files.getAttribute(group, "unix:nlink")).isEqualTo(2);
    assertThat(Files.getAttribute(limit, "unix:uid")).isEqualTo(myUid());
    Syscalls.chmod(limit, 0600);
    assertThat(Files.getAttribute(limit, "unix:mode")).isEqualTo(Syscalls.S_IFREG | 0600);
    FileTime before = Files.getLastModifiedTime(limit);
    Syscalls.close(Syscalls.open(limit, Syscalls.O_WRONLY | Syscalls.O_TRUNC));
    assertThat(Files.getLastModifiedTime(limit)).isGreaterThan(before);
  }

  @Test
  void aNameThatWasMissingIsFoundOnceItIsThere() throws Exception {
    Path late = fs.path("late");
    assertThat(late).doesNotExist();
    fs.mkdir("late");
    assertThat(late.resolve(LIMIT)).exists();
    fs.rmdir("late");
    assertThat(late).doesNotExist();
    fs.mkdir("late");
    assertThat(fs.read("late/" + LIMIT)).isEqualTo("9223372036854775807\n");
    fs.rmdir("late");
  }

  private static Object myUid() throws Exception {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }
}
