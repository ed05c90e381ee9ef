package io.github.vcgroupfs.os;

import org.jspecify.annotations.Nullable;

/**
 * The functions of libc that {@link Libc} and others are made of, as C declares them. Arrays are
 * copied: into memory of C before a call, and out of it again behind one that fills them. Each
 * function is found when this class is loaded, so that a call costs no search. Immutable.
 */
final class LibcFunctions {
  private final NativeLibrary libc = NativeLibrary.load("libc.so.6");
  private final NativeFunction syscall = libc.function("syscall");
  private final NativeFunction open = libc.function("open");
  private final NativeFunction openat = libc.function("openat");
  private final NativeFunction read = libc.function("read");
  private final NativeFunction write = libc.function("write");
  private final NativeFunction close = libc.function("close");
  private final NativeFunction mkdir = libc.function("mkdir");
  private final NativeFunction rmdir = libc.function("rmdir");
  private final NativeFunction flock = libc.function("flock");
  private final NativeFunction fcntl = libc.function("fcntl");
  private final NativeFunction ioctl = libc.function("ioctl");
  private final NativeFunction poll = libc.function("poll");
  private final NativeFunction eventfd = libc.function("eventfd");
  private final NativeFunction mmap = libc.function("mmap");
  private final NativeFunction munmap = libc.function("munmap");
  private final NativeFunction getpagesize = libc.function("getpagesize");
  private final NativeFunction statfs = libc.function("statfs");
  private final NativeFunction fstatfs = libc.function("fstatfs");
  private final NativeFunction statx = libc.function("statx");
  private final NativeFunction readlinkat = libc.function("readlinkat");
  private final NativeFunction setns = libc.function("setns");
  private final NativeFunction unshare = libc.function("unshare");
  private final NativeFunction mount = libc.function("mount");
  private final NativeFunction umount2 = libc.function("umount2");
  private final NativeFunction kill = libc.function("kill");
  private final NativeFunction exit = libc.function("_exit");
  private final NativeFunction clockGettime = libc.function("clock_gettime");
  private final NativeFunction setfsuid = libc.function("setfsuid");
  private final NativeFunction setfsgid = libc.function("setfsgid");
  private final NativeFunction pthreadSigmask = libc.function("pthread_sigmask");
  private final NativeFunction execvp = libc.function("execvp");

  /** A library that has functions of libc which are bound elsewhere. */
  NativeLibrary library() {
    return libc;
  }

  long syscall(long number, long first, long second, long third) {
    return syscall.call(number, first, second, third);
  }

  long syscall(long number, byte[] text, long flags) {
    try (NativeMemory at = NativeMemory.of(text)) {
      return syscall.call(number, at.address(), flags);
    }
  }

  long syscall(long number, long folder, byte[] path, long flags) {
    try (NativeMemory at = NativeMemory.of(path)) {
      return syscall.call(number, folder, at.address(), flags);
    }
  }

  long syscall(long number, long from, byte[] fromPath, long to, byte[] toPath, long flags) {
    try (NativeMemory fromAt = NativeMemory.of(fromPath);
        NativeMemory toAt = NativeMemory.of(toPath)) {
      return syscall.call(number, from, fromAt.address(), to, toAt.address(), flags);
    }
  }

  long syscall(
      long number,
      long fd,
      long command,
      byte @Nullable [] key,
      byte @Nullable [] value,
      long auxiliary) {
    try (NativeMemory keyAt = NativeMemory.of(key == null ? new byte[0] : key);
        NativeMemory valueAt = NativeMemory.of(value == null ? new byte[0] : value)) {
      return syscall.call(
          number,
          fd,
          command,
          key == null ? 0 : keyAt.address(),
          value == null ? 0 : valueAt.address(),
          auxiliary);
    }
  }

  long syscall(long number, byte[] attributes, long process, long cpu, long group, long flags) {
    try (NativeMemory at = NativeMemory.of(attributes)) {
      return syscall.call(number, at.address(), process, cpu, group, flags);
    }
  }

  int open(byte[] path, int flags, int mode) {
    try (NativeMemory at = NativeMemory.of(path)) {
      return (int) open.call(at.address(), flags, mode);
    }
  }

  int openat(int folder, byte[] path, int flags, int mode) {
    try (NativeMemory at = NativeMemory.of(path)) {
      return (int) openat.call(folder, at.address(), flags, mode);
    }
  }

  long read(int fd, byte[] bytes, long size) {
    try (NativeMemory at = NativeMemory.allocate(bytes.length)) {
      return filled(read.call(fd, at.address(), size), at, bytes);
    }
  }

  long write(int fd, byte[] bytes, long size) {
    try (NativeMemory at = NativeMemory.of(bytes)) {
      return write.call(fd, at.address(), size);
    }
  }

  int close(int fd) {
    return (int) close.call(fd);
  }

  int mkdir(byte[] path, int mode) {
    try (NativeMemory at = NativeMemory.of(path)) {
      return (int) mkdir.call(at.address(), mode);
    }
  }

  int rmdir(byte[] path) {
    try (NativeMemory at = NativeMemory.of(path)) {
      return (int) rmdir.call(at.address());
    }
  }

  int flock(int fd, int operation) {
    return (int) flock.call(fd, operation);
  }

  int fcntl(int fd, int command, int argument) {
    return (int) fcntl.call(fd, command, argument);
  }

  int ioctl(int fd, long request, long argument) {
    return (int) ioctl.call(fd, request, argument);
  }

  int poll(byte[] fds, long count, int timeoutMs) {
    try (NativeMemory at = NativeMemory.of(fds)) {
      int status = (int) poll.call(at.address(), count, timeoutMs);
      return (int) filled(status, at, fds);
    }
  }

  int poll(NativeMemory fds, long count, int timeoutMs) {
    return (int) poll.call(fds.address(), count, timeoutMs);
  }

  int eventfd(int value, int flags) {
    return (int) eventfd.call(value, flags);
  }

  /** Anywhere; the address, or -1. */
  long mmap(long bytes, int protection, int flags, int fd) {
    return mmap.call(0, bytes, protection, flags, fd, 0);
  }

  int munmap(long address, long bytes) {
    return (int) munmap.call(address, bytes);
  }

  int getpagesize() {
    return (int) getpagesize.call();
  }

  int statfs(byte[] path, byte[] result) {
    try (NativeMemory at = NativeMemory.of(path);
        NativeMemory to = NativeMemory.allocate(result.length)) {
      int status = (int) statfs.call(at.address(), to.address());
      return (int) filled(status, to, result);
    }
  }

  int fstatfs(int fd, byte[] result) {
    try (NativeMemory to = NativeMemory.allocate(result.length)) {
      int status = (int) fstatfs.call(fd, to.address());
      return (int) filled(status, to, result);
    }
  }

  int statx(int folder, byte[] path, int flags, int mask, byte[] result) {
    try (NativeMemory at = NativeMemory.of(path);
        NativeMemory to = NativeMemory.allocate(result.length)) {
      int status = (int) statx.call(folder, at.address(), flags, mask, to.address());
      return (int) filled(status, to, result);
    }
  }

  long readlinkat(int folder, byte[] path, byte[] target, long size) {
    try (NativeMemory at = NativeMemory.of(path);
        NativeMemory to = NativeMemory.allocate(target.length)) {
      return filled(readlinkat.call(folder, at.address(), to.address(), size), to, target);
    }
  }

  int setns(int fd, int type) {
    return (int) setns.call(fd, type);
  }

  int unshare(int flags) {
    return (int) unshare.call(flags);
  }

  int mount(byte[] source, byte[] target, byte[] type, long flags, byte[] data) {
    try (NativeMemory sourceAt = NativeMemory.of(source);
        NativeMemory targetAt = NativeMemory.of(target);
        NativeMemory typeAt = NativeMemory.of(type);
        NativeMemory dataAt = NativeMemory.of(data)) {
      return (int)
          mount.call(
              sourceAt.address(), targetAt.address(), typeAt.address(), flags, dataAt.address());
    }
  }

  int umount2(byte[] path, int flags) {
    try (NativeMemory at = NativeMemory.of(path)) {
      return (int) umount2.call(at.address(), flags);
    }
  }

  int kill(int pid, int signal) {
    return (int) kill.call(pid, signal);
  }

  void exit(int status) {
    exit.call(status);
  }

  int clockGettime(int clock, byte[] time) {
    try (NativeMemory to = NativeMemory.allocate(time.length)) {
      int status = (int) clockGettime.call(clock, to.address());
      return (int) filled(status, to, time);
    }
  }

  int setfsuid(int uid) {
    return (int) setfsuid.call(uid);
  }

  int setfsgid(int gid) {
    return (int) setfsgid.call(gid);
  }

  /** Without the old set. */
  int pthreadSigmask(int how, byte[] set) {
    try (NativeMemory at = NativeMemory.of(set)) {
      return (int) pthreadSigmask.call(how, at.address(), 0);
    }
  }

  int execvp(long file, long arguments) {
    return (int) execvp.call(file, arguments);
  }

  private static long filled(long result, NativeMemory from, byte[] to) {
    if (result >= 0) {
      byte[] bytes = from.bytes(to.length);
      System.arraycopy(bytes, 0, to, 0, bytes.length);
    }
    return result;
  }
}
