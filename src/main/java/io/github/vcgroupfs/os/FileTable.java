package io.github.vcgroupfs.os;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The table of descriptors of a thread, which it shares with the others until it leaves. Has no
 * state.
 *
 * <p>A thread that uses a FUSE mount of its own process must leave. If the process is killed while
 * a request waits, the kernel lets that thread wait until the connection is cut ({@code
 * fs/fuse/dev.c}, request_wait_answer), and the connection is cut when the last descriptor of
 * {@code /dev/fuse} is closed. If the waiting thread had one, both would wait for ever, and with
 * them all who use the mount.
 */
public final class FileTable {
  private static final int CLONE_FILES = 0x400; // include/uapi/linux/sched.h
  private static final String FUSE = "/fuse";
  private static final Path OWN = Path.of("/proc/thread-self/fd");

  private FileTable() {}

  /**
   * Gives the calling thread a table of its own, a copy without {@code /dev/fuse}. Threads that it
   * starts later share that one. What is opened in one table from now on cannot be used in the
   * other.
   */
  public static void leaveFuse() {
    if (Libc.unshare(CLONE_FILES) < 0) {
      return; // before Linux 2.6.16
    }
    String[] names = new File(OWN.toString()).list();
    for (String each : names == null ? new String[0] : names) {
      if (leadsToFuse(each)) {
        Libc.close(Integer.parseInt(each));
      }
    }
  }

  private static boolean leadsToFuse(String descriptor) {
    try {
      return Files.readSymbolicLink(OWN.resolve(descriptor)).toString().endsWith(FUSE);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }
}
