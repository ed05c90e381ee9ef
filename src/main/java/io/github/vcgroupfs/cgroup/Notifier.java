package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * How events reach the processes that asked for them: the port through which descriptors of clients
 * are looked at and fetched. Called from any thread; no method waits for a client.
 */
public interface Notifier {
  /** A world without clients: nobody has a descriptor. For simulations and tests. */
  Notifier NONE =
      new Notifier() {
        @Override
        public EventFd open(Caller caller, int fd) throws ErrnoException {
          throw noSuchDescriptor(fd);
        }

        @Override
        public ClientFile inspect(Caller caller, int fd) throws ErrnoException {
          throw noSuchDescriptor(fd);
        }
      };

  /**
   * Fetches the caller's eventfd.
   *
   * @param fd an unsigned int
   * @throws ErrnoException EBADF if the caller has no such descriptor, EINVAL if it is no eventfd,
   *     EPERM if it may not be fetched from that process, ENOMEM if we have no descriptors left,
   *     EOPNOTSUPP if the running kernel cannot do it
   */
  EventFd open(Caller caller, int fd) throws ErrnoException;

  /**
   * Says what another descriptor of the caller leads to.
   *
   * @param fd an unsigned int
   * @throws ErrnoException EBADF if the caller has no such descriptor, EPERM if that process may
   *     not be looked at
   */
  ClientFile inspect(Caller caller, int fd) throws ErrnoException;

  /**
   * Waits, but only for moments, until what was signalled before has arrived: so that a client
   * finds the event of a write when the write returns, as with the kernel. Not under a lock.
   */
  default void settle() {}

  /** What EBADF says. */
  static ErrnoException noSuchDescriptor(int fd) {
    return new ErrnoException(
        Errno.EBADF,
        "the caller has no descriptor %s open; name one that stays open until the write returns"
            .formatted(Integer.toUnsignedString(fd)));
  }
}
