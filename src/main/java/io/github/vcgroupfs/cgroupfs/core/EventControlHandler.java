package io.github.vcgroupfs.cgroupfs.core;

import io.github.vcgroupfs.cgroup.ClientFile;
import io.github.vcgroupfs.cgroup.EventFd;
import io.github.vcgroupfs.cgroup.EventSource;
import io.github.vcgroupfs.cgroup.Events;
import io.github.vcgroupfs.cgroupfs.file.EventFile;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.cgroupfs.inode.Inodes;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.EventRequest;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.rights.Quota;
import io.github.vcgroupfs.rights.Quotas;

/**
 * {@code cgroup.event_control}: registers the caller's eventfd, with the checks of {@code
 * memcg_write_event_control} in its order. Stateless.
 */
final class EventControlHandler implements Handler {
  @Override
  public WriteShape writeShape() {
    return WriteShape.STRING;
  }

  @Override
  public void write(FileTarget target, byte[] written) throws ErrnoException {
    EventRequest request = EventRequest.parse(written);
    Events events = target.tree().events();
    EventFd fd = open(target, request.eventFd());
    boolean registered = false;
    try {
      EventSource source = requireSource(target, request.controlFd());
      events.register(target.group(), source, request.args(), fd);
      registered = true;
    } finally {
      if (!registered) {
        fd.close();
      }
    }
  }

  /** Fetches the eventfd. It counts for the caller until it is closed. */
  private static EventFd open(FileTarget target, int eventFd) throws ErrnoException {
    Events events = target.tree().events();
    Quotas quotas = target.mount().sharing().quotas();
    Caller caller = target.caller();
    if (!quotas.hasRoom(caller, Quota.EVENTS, 1)) {
      events.sweep(); // of clients that have exited, perhaps
    }
    quotas.take(caller, Quota.EVENTS, 1);
    boolean fetched = false;
    try {
      EventFd fd = new CountedEventFd(events.notifier().open(caller, eventFd), quotas, caller);
      fetched = true;
      return fd;
    } finally {
      if (!fetched) {
        quotas.give(caller.uid(), Quota.EVENTS, 1);
      }
    }
  }

  private EventSource requireSource(FileTarget target, int fd) throws ErrnoException {
    ClientFile client = target.tree().events().notifier().inspect(target.caller(), fd);
    Inodes inodes = target.mount().inodes();
    EventFile file = target.mount().fileOf(client.ino());
    if (file == null) {
      throw invalid("descriptor %s is no control file of this mount", fd);
    }
    Attributes attributes = inodes.attributes(client.ino(), file);
    if (!client.mayBeRead(attributes.mode(), attributes.uid(), attributes.gid())) {
      throw new ErrnoException(
          Errno.EACCES,
          "the caller may not read %s, and so not be told about it either".formatted(file.name()));
    }
    boolean anyGroup = target.tree().profile().has(KernelFeature.EVENT_OF_ANY_GROUP);
    if (!anyGroup && !inodes.isIn(target.group(), client.ino())) {
      throw invalid("descriptor %s is a file of another group than this event_control", fd);
    }
    EventSource source = file.events();
    if (source == null) {
      throw invalid("descriptor %s is " + file.name() + ", which has no events", fd);
    }
    return source;
  }

  private static ErrnoException invalid(String why, int fd) {
    return new ErrnoException(
        Errno.EINVAL,
        (why + ": open the usage, oom_control or pressure_level file of the same group")
            .formatted(Integer.toUnsignedString(fd)));
  }
}
