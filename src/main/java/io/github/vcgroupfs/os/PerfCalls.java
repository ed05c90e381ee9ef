package io.github.vcgroupfs.os;

import static io.github.vcgroupfs.os.Libc.CALLS;
import static io.github.vcgroupfs.os.Libc.result;

import org.jspecify.annotations.Nullable;

/** The calls of {@link Libc} that {@link PerfRings} needs. Results are as there. Has no state. */
final class PerfCalls {
  private static final long PERF_FLAG_FD_CLOEXEC = 8; // include/uapi/linux/perf_event.h
  private static final int PROT_READ = 1;
  private static final int PROT_WRITE = 2;
  private static final int MAP_SHARED = 1;
  private static final long MAP_FAILED = -1;
  private static final int EFD_CLOEXEC = 02000000;
  private static final int EVENTFD_BYTES = 8;
  private static final long EVERY_PROCESS = -1;
  private static final long NO_GROUP = -1;

  private PerfCalls() {}

  /**
   * Opens an event for whatever runs on one processor, close-on-exec.
   *
   * @param number of the call on this machine
   * @param attributes a {@code struct perf_event_attr}
   */
  static int perfEventOpen(long number, byte[] attributes, int cpu) {
    return result(
        CALLS.syscall(number, attributes, EVERY_PROCESS, cpu, NO_GROUP, PERF_FLAG_FD_CLOEXEC));
  }

  /** Maps a descriptor for reading and writing, shared; null if the kernel refuses. */
  static @Nullable NativeMemory map(int fd, long bytes) {
    long address = CALLS.mmap(bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd);
    return address == MAP_FAILED ? null : NativeMemory.at(address);
  }

  static int unmap(NativeMemory memory, long bytes) {
    return result(CALLS.munmap(memory.address(), bytes));
  }

  /** The size of a page of memory, in bytes. */
  static int pageSize() {
    return CALLS.getpagesize();
  }

  /** Makes an eventfd with the value 0, close-on-exec. */
  static int eventfd() {
    return result(CALLS.eventfd(0, EFD_CLOEXEC));
  }

  /** Sets an eventfd back to 0; waits for it to be more first. */
  static int reset(int eventfd) {
    return result(CALLS.read(eventfd, new byte[EVENTFD_BYTES], EVENTFD_BYTES));
  }

  /** Waits for one of an array of {@code struct pollfd}; -1 ms is no time limit. */
  static int await(NativeMemory pollfds, int count, int timeoutMs) {
    return result(CALLS.poll(pollfds, count, timeoutMs));
  }
}
