package io.github.vcgroupfs.seccomp;

import io.github.vcgroupfs.os.Libc;

/** The numbers that user space and the kernel share: {@code include/uapi/linux/seccomp.h}. */
final class Requests {
  static final int SET_MODE_FILTER = 1;
  static final int GET_ACTION_AVAIL = 2;
  static final int GET_NOTIF_SIZES = 3;

  /** No slow-down of the processor: the filter does not guard against hostile programs. */
  static final long FLAG_SPEC_ALLOW = 1 << 2;

  static final long FLAG_NEW_LISTENER = 1 << 3;

  /** Once received, only a deadly signal interrupts the call; since Linux 5.19. */
  static final long FLAG_WAIT_KILLABLE_RECV = 1 << 5;

  static final long NOTIF_RECV = 0xc0502100L;
  static final long NOTIF_SEND = 0xc0182101L;
  static final long NOTIF_ID_VALID = 0x40082102L;
  static final long NOTIF_ADDFD = 0x40182103L;
  static final long NOTIF_SET_FLAGS = 0x40082104L;

  /** Runs who is waked on the processor of the waker, at once; since Linux 6.6. */
  static final long FD_SYNC_WAKE_UP = 1;

  static final int FLAG_CONTINUE = 1;

  /** Adds the descriptor and answers with its number, in one step; since Linux 5.14. */
  static final int ADDFD_FLAG_SEND = 2;

  // offsets in struct seccomp_notif
  static final int ID = 0;
  static final int PID = 8;
  static final int NUMBER = 16;
  static final int ARCH = 20;
  static final int ARGUMENTS = 32;
  static final int NOTIF_BYTES = 80;

  // offsets in struct seccomp_notif_resp
  static final int RESP_VALUE = 8;
  static final int RESP_ERROR = 16;
  static final int RESP_FLAGS = 20;
  static final int RESP_BYTES = 24;

  // offsets in struct seccomp_notif_addfd
  static final int ADDFD_FLAGS = 8;
  static final int ADDFD_SOURCE = 12;
  static final int ADDFD_NEW = 16;
  static final int ADDFD_NEW_FLAGS = 20;

  // include/uapi/asm-generic/poll.h
  static final short POLLIN = 1;

  private Requests() {}

  /** For what the kernel answers only if this program is wrong. */
  static IllegalStateException unexpected(String what, int result) {
    return new IllegalStateException("%s: %s".formatted(what, Libc.text(result)));
  }
}
