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
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.EventRequest;
import io.github.vcgroupfs.kernel.KernelFeature;

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
    EventFd fd = events.notifier().open(target.caller(), request.eventFd());
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
