package io.github.vcgroupfs.seccomp;

import io.github.vcgroupfs.kernel.Errno;

/** The {@link Exchange} of each thread with one listener. Thread-safe. */
final class Exchanges {
  private final ThreadLocal<Exchange> exchanges;

  /** Whether a descriptor can be added and the call answered in one step. */
  private volatile boolean addsAndSends = true;

  Exchanges(int listener) {
    NotifSizes sizes = NotifSizes.ask();
    exchanges = ThreadLocal.withInitial(() -> new Exchange(listener, sizes));
  }

  /** That of the calling thread. */
  Exchange mine() {
    return exchanges.get();
  }

  /** Adds a descriptor to the caller and answers with its number; 0 or more, or an errno. */
  int addFd(long id, int ourFd, int newFlags) {
    Exchange mine = mine();
    if (addsAndSends) {
      int result = mine.addFd(id, ourFd, newFlags, Requests.ADDFD_FLAG_SEND);
      if (!Errno.EINVAL.is(result)) {
        return result;
      }
    }
    int added = mine.addFd(id, ourFd, newFlags, 0);
    if (added < 0) {
      return added;
    }
    addsAndSends = false; // it was the flag that the kernel did not know
    return mine.send(id, added, 0, 0);
  }
}
