package io.github.vcgroupfs.signals;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.Libc;

/**
 * Signals through descriptors of processes: {@code pidfd_send_signal}. Where the kernel has none,
 * before 5.3, by their ids. Has no state.
 */
final class PidFds implements ProcessSignals {
  // include/uapi/asm-generic/signal.h, the same on all machines we know but MIPS and Alpha
  private static final int SIGCONT = 18;
  private static final int SIGSTOP = 19;

  /** Stands for a descriptor where there is none; no process of ours has so many. */
  private static final int NO_FD = Integer.MAX_VALUE;

  @Override
  public int open(int pid) {
    int fd = Libc.pidfdOpen(pid);
    return Errno.ENOSYS.is(fd) ? NO_FD : fd;
  }

  @Override
  public int stop(int pid, int handle) {
    return send(pid, handle, SIGSTOP);
  }

  @Override
  public int goOn(int pid, int handle) {
    return send(pid, handle, SIGCONT);
  }

  private static int send(int pid, int handle, int signal) {
    return handle == NO_FD ? Libc.kill(pid, signal) : Libc.pidfdSendSignal(handle, signal);
  }

  @Override
  public void close(int handle) {
    if (handle != NO_FD) {
      Libc.close(handle);
    }
  }
}
