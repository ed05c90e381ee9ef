package io.github.vcgroupfs.cgroup;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * Finds the descriptors of clients, so that events can reach the processes that asked for them.
 * This is a port: the real implementation looks into other processes.
 *
 * <p><b>Concurrency:</b> methods are called from any thread. No method waits for a client.
 */
public interface Notifier {
  /** A notifier without clients: nobody has a descriptor. For simulations and tests. */
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
   * Gets hold of an eventfd of the caller.
   *
   * @param fd the caller's descriptor, an unsigned int
   * @throws ErrnoException EBADF if the caller has no such descriptor, EINVAL if it is not an
   *     eventfd, EPERM if we may not take it from that process, ENOMEM if we have no descriptors
   *     left, EOPNOTSUPP if the running kernel cannot do it
   */
  EventFd open(Caller caller, int fd) throws ErrnoException;

  /**
   * Says what another descriptor of the caller refers to.
   *
   * @param fd the caller's descriptor, an unsigned int
   * @throws ErrnoException EBADF if the caller has no such descriptor, EPERM if we may not look
   *     into that process
   */
  ClientFile inspect(Caller caller, int fd) throws ErrnoException;

  /**
   * Waits a short time until everything that the calling thread has signalled has arrived. So a
   * client finds the event that its write caused when the write returns, as with the kernel. Must
   * not be called under a lock.
   */
  default void settle() {}

  /** The error for a descriptor that the caller does not have: EBADF. */
  static ErrnoException noSuchDescriptor(int fd) {
    return new ErrnoException(
        Errno.EBADF,
        "the caller has no descriptor %s open; name one that stays open until the write returns"
            .formatted(Integer.toUnsignedString(fd)));
  }

  /** The error for a descriptor that is not an eventfd: EINVAL. */
  static ErrnoException notAnEventFd(int fd) {
    return new ErrnoException(
        Errno.EINVAL,
        "descriptor %s is no eventfd; make one with eventfd(2)"
            .formatted(Integer.toUnsignedString(fd)));
  }
}
