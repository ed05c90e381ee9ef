package io.github.vcgroupfs.fuzz;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open descriptor that several threads use. It is closed when the last of them has let go, so
 * that no thread ever uses a number that already means another file. Thread-safe.
 */
final class Handle {
  /** Where nothing is open: every call on it is EBADF. */
  static final Handle NONE = new Handle(-1, "none", "none");

  private final int fd;
  private final String kind;
  private final String file;
  private final AtomicInteger users = new AtomicInteger(1);

  /**
   * Of a descriptor, with one user: the table that it is put into.
   *
   * @param kind what it was opened on, for the key of a call: {@code file}, {@code dir}
   * @param file the base name of the control file; else the kind
   */
  Handle(int fd, String kind, String file) {
    this.fd = fd;
    this.kind = kind;
    this.file = file;
  }

  int fd() {
    return fd;
  }

  String kind() {
    return kind;
  }

  /** Coarser than the kind: whether a path can begin there. */
  String shape() {
    if (file.equals("sim.proc")) {
      return "simproc";
    }
    return switch (kind) {
      case "file", "file/" -> "file";
      case "path", "none" -> kind;
      default -> "dir"; // with whatever name
    };
  }

  String file() {
    return file;
  }

  /** This, or {@link #NONE} if it is closed already. Whoever takes it lets it go. */
  Handle take() {
    if (this == NONE) {
      return NONE;
    }
    int now = users.get();
    while (now > 0) {
      if (users.compareAndSet(now, now + 1)) {
        return this;
      }
      now = users.get();
    }
    return NONE;
  }

  /** Says that a user is done with it; the last one closes. */
  void letGo() {
    if (this != NONE && users.decrementAndGet() == 0) {
      Sys.CLOSE.call(fd);
    }
  }
}
