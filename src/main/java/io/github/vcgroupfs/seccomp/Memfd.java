package io.github.vcgroupfs.seccomp;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.SeccompCalls;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Files that are in memory only, and can be given to other processes. Has no state. */
public final class Memfd {
  // include/uapi/linux/memfd.h, fcntl.h
  private static final int MFD_CLOEXEC = 1;
  private static final int MFD_ALLOW_SEALING = 2;
  private static final int MFD_NOEXEC_SEAL = 8; // since Linux 6.3
  private static final int ALL_SEALS = 1 | 2 | 4 | 8; // no more seals, shrinking, growing, writing
  private static final int READ_ONLY = 0444;
  private static final int O_CLOEXEC = 02000000;

  private Memfd() {}

  /**
   * A file that nobody can change any more, open for reading at its beginning. Each call makes
   * another file, since who shares an open file shares its position.
   *
   * @param name what {@code /proc/PID/fd} shows of it, after {@code /memfd:}
   * @return a descriptor with close-on-exec; the caller closes it
   * @throws IOException if there is no memory or no descriptor left
   */
  public static int sealed(String name, byte[] bytes) throws IOException {
    int flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    int made = SeccompCalls.memfdCreate(name, flags | MFD_NOEXEC_SEAL);
    if (Errno.EINVAL.is(made)) {
      made = SeccompCalls.memfdCreate(name, flags);
    }
    require("memfd_create", made);
    try {
      fill(made, bytes);
      require("fchmod", SeccompCalls.fchmod(made, READ_ONLY));
      require("F_ADD_SEALS", SeccompCalls.addSeals(made, ALL_SEALS));
      return require("open", SeccompCalls.open("/proc/thread-self/fd/" + made, O_CLOEXEC));
    } finally {
      Libc.close(made);
    }
  }

  private static void fill(int fd, byte[] bytes) throws IOException {
    ByteBuffer memory = SeccompCalls.memory(Math.max(1, bytes.length)).put(0, bytes);
    long address = SeccompCalls.address(memory);
    int done = 0;
    while (done < bytes.length) {
      done += require("write", SeccompCalls.pwrite(fd, address + done, bytes.length - done, done));
    }
  }

  private static int require(String what, int result) throws IOException {
    if (result < 0) {
      throw new IOException("a file in memory: %s: %s".formatted(what, Libc.text(result)));
    }
    return result;
  }
}
