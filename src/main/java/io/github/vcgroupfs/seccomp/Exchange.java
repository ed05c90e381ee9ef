package io.github.vcgroupfs.seccomp;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.SeccompCalls;
import java.nio.ByteBuffer;

/** What one thread tells the kernel about notifications, in memory of its own. Not thread-safe. */
final class Exchange {
  private static final int POLLFD_BYTES = 8;
  private static final int POLLFD_EVENTS = 4;
  private static final int POLLFD_RESULT = 6;

  private final int listener;
  private final ByteBuffer pollfd = SeccompCalls.memory(POLLFD_BYTES);
  private final ByteBuffer notif;
  private final ByteBuffer answer;
  private final long pollfdAt = SeccompCalls.address(pollfd);
  private final long notifAt;
  private final long answerAt;
  private final TargetMemory memory = new TargetMemory();

  Exchange(int listener, NotifSizes sizes) {
    this.listener = listener;
    notif = SeccompCalls.memory(sizes.notif());
    answer = SeccompCalls.memory(sizes.resp());
    notifAt = SeccompCalls.address(notif);
    answerAt = SeccompCalls.address(answer);
    pollfd.putInt(0, listener).putShort(POLLFD_EVENTS, Requests.POLLIN);
  }

  /** Waits for a notification, or for the end of all processes that could send one. */
  int poll(int timeoutMs) {
    return SeccompCalls.poll(pollfdAt, timeoutMs);
  }

  /** Whether the last poll saw a notification. */
  boolean hasNotification() {
    return (pollfd.getShort(POLLFD_RESULT) & Requests.POLLIN) != 0;
  }

  /** Takes a notification; the kernel wants the memory to be zero. */
  int receive() {
    for (int i = 0; i < notif.capacity(); i += Long.BYTES) {
      notif.putLong(i, 0);
    }
    return SeccompCalls.ioctl(listener, Requests.NOTIF_RECV, notifAt);
  }

  /** What was received. */
  ByteBuffer received() {
    return notif;
  }

  boolean isValid(long id) {
    answer.putLong(Requests.ID, id);
    return SeccompCalls.ioctl(listener, Requests.NOTIF_ID_VALID, answerAt) == 0;
  }

  int send(long id, long value, int error, int flags) {
    answer.putLong(Requests.ID, id).putLong(Requests.RESP_VALUE, value);
    answer.putInt(Requests.RESP_ERROR, error).putInt(Requests.RESP_FLAGS, flags);
    return SeccompCalls.ioctl(listener, Requests.NOTIF_SEND, answerAt);
  }

  int addFd(long id, int fd, int newFlags, int flags) {
    answer.putLong(Requests.ID, id).putInt(Requests.ADDFD_FLAGS, flags);
    answer.putInt(Requests.ADDFD_SOURCE, fd).putInt(Requests.ADDFD_NEW, 0);
    answer.putInt(Requests.ADDFD_NEW_FLAGS, newFlags);
    return SeccompCalls.ioctl(listener, Requests.NOTIF_ADDFD, answerAt);
  }

  TargetMemory memory() {
    return memory;
  }

  /** Lets the kernel run the two sides on one processor, one after the other, if it can. */
  void wakeSynchronously() {
    int result = SeccompCalls.ioctl(listener, Requests.NOTIF_SET_FLAGS, Requests.FD_SYNC_WAKE_UP);
    if (result < 0 && !Errno.EINVAL.is(result)) {
      throw Requests.unexpected("SECCOMP_IOCTL_NOTIF_SET_FLAGS", result);
    }
  }
}
