package io.github.vcgroupfs.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Syscalls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A handler that throws is EIO and a log line, and the mount lives on (style.md, one dispatcher). A
 * start that fails says why.
 */
@MountTest
@Tag("jdk")
class DefectIT {
  private static final String FILE = "sim.tcp.flows";

  @Test
  void whateverIsThrownIsEioAndLogged() throws Exception {
    Path folder = Files.createTempDirectory("vcgroupfs-it").toRealPath();
    Path place = folder.resolve("mnt");
    try (MountedFs fs = MountedFs.start(folder, place, command(place.toString()))) {
      fs.mkdir("g");
      Path file = fs.path("g/" + FILE);
      int eio = -Errno.EIO.number();
      for (String what : List.of("exception", "error", "deep", "memory")) {
        assertThat(Syscalls.writeOnce(file, what)).as(what).isEqualTo(eio);
      }
      int fd = Syscalls.open(file, Syscalls.O_RDONLY);
      assertThat(Syscalls.tryRead(fd, 100)).isEqualTo(eio);
      Syscalls.close(fd);
      assertThat(fs.read("g/tasks")).isEmpty();
      assertThat(fs.errors()) // where the JDK logs when nobody says otherwise
          .contains("SEVERE: write (handle) failed")
          .contains("java.lang.AssertionError: an error on purpose")
          .contains("java.lang.StackOverflowError")
          .contains("java.lang.OutOfMemoryError: on purpose")
          .contains("SEVERE: read (handle) failed")
          .contains("at io.github.vcgroupfs.fuse.ThrowingDaemon$Throwing.read");

      assertThat(umount(fs.root())).isZero();
      assertThat(fs.awaitEnd()).isZero();
      assertThat(fs.output()).contains("closed twice");
    }
  }

  @Test
  void whatLibfuseSaysReachesTheUser(@TempDir Path folder) throws Exception {
    Path place = folder.resolve("a/b");
    Program.Ended ended =
        Program.runToEnd(command(place.toString(), folder.resolve("elsewhere").toString()));
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .contains("fuse: bad mount point `" + folder.resolve("elsewhere") + "'")
        .contains("FAILED: libfuse could not mount on " + place + "; its own words stand above.");
    assertThat(folder.resolve("a")).doesNotExist();
  }

  /** A file that was closed is let go of a little later, and until then the mount is busy. */
  private static int umount(Path root) throws InterruptedException {
    long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    int result = Syscalls.umount(root);
    while (result == -Errno.EBUSY.number() && System.nanoTime() < untilNs) {
      Thread.sleep(20);
      result = Syscalls.umount(root);
    }
    return result;
  }

  private static List<String> command(String... arguments) {
    List<String> command =
        Program.java("-cp", System.getProperty("java.class.path"), ThrowingDaemon.class.getName());
    command.addAll(new ArrayList<>(List.of(arguments)));
    return command;
  }
}
