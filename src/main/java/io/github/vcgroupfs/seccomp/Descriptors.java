package io.github.vcgroupfs.seccomp;

import io.github.vcgroupfs.os.Libc;
import java.nio.file.Path;

/** The descriptors of this process. Has no state. */
final class Descriptors {
  private static final Path OWN = Path.of("/proc/thread-self/fd");
  private static final int LAST_STANDARD = 2;

  private Descriptors() {}

  /**
   * Lets all but the standard three close when a child of this process becomes another program.
   * Java wants that of all of its own, but does not say so to the kernel for every one.
   */
  static void closeOnExec() {
    String[] names = OWN.toFile().list();
    for (String name : names == null ? new String[0] : names) {
      int fd = Integer.parseInt(name);
      if (fd > LAST_STANDARD) {
        Libc.closeOnExec(fd); // one that is closed meanwhile needs nothing
      }
    }
  }
}
