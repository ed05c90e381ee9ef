package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.cgroup.EventFd;
import io.github.vcgroupfs.cgroup.EventSource.Subscription;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelText;
import io.github.vcgroupfs.memcg.counter.UsageListener;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of memory groups. It reads the arguments of registrations, and passes an event on
 * through the tree. {@link GroupEvents} has the registrations of a group, and {@link Thresholds}
 * notices when usage crosses a threshold.
 *
 * <p><b>Concurrency:</b> thread-safe; events may come from any thread and under the hierarchy's
 * lock.
 */
final class MemoryEvents {
  /** The groups that have listeners. */
  private final Set<MemCgroup> watched = ConcurrentHashMap.newKeySet();

  /** Whether anybody ever asked for pressure: until then nobody counts refused pages. */
  private volatile boolean hearsPressure;

  /**
   * Reads the arguments of a registration.
   *
   * @param args a threshold, nothing, or a level of pressure
   * @throws ErrnoException EINVAL if the arguments are no good
   */
  Subscription subscribe(MemCgroup group, MemoryEvent source, String args, EventFd fd)
      throws ErrnoException {
    return switch (source) {
      case USAGE -> threshold(group, args, fd);
      case OOM -> outOfMemory(group, fd);
      case PRESSURE -> pressure(group, args, fd);
    };
  }

  private Subscription threshold(MemCgroup group, String args, EventFd fd) throws ErrnoException {
    // Only the whole text was stripped: a blank in front of the number is none of it.
    if (!KernelText.strip(args).equals(args)) {
      throw new ErrnoException(
          Errno.EINVAL, "\"%s\" is no threshold: one space before the number".formatted(args));
    }
    long units = group.profile().limits().parse(args.getBytes(StandardCharsets.ISO_8859_1));
    Thresholds.Threshold threshold = new Thresholds.Threshold(units, fd);
    return new Listening(
        group,
        events -> {
          watch(group, events.thresholds());
          events.thresholds().add(threshold);
        },
        events -> {
          events.thresholds().remove(threshold);
          if (events.thresholds().isEmpty()) {
            watch(group, null);
          }
        });
  }

  /** Who is told when what the usage file of a group shows has changed; null: nobody. */
  private static void watch(MemCgroup group, @Nullable UsageListener listener) {
    group.memory().watchedBy(listener);
    group.kmem().watchedBy(listener);
    if (group.isRoot()) {
      group.globals().machine().watchedBy(listener);
    }
  }

  /** It is told at once if memory has run out: {@code mem_cgroup_oom_register_event}. */
  private Subscription outOfMemory(MemCgroup group, EventFd fd) {
    return new Listening(
        group,
        events -> {
          events.addOom(fd);
          if (group.isUnderOom()) {
            fd.signal();
          }
        },
        events -> events.removeOom(fd));
  }

  private Subscription pressure(MemCgroup group, String args, EventFd fd) throws ErrnoException {
    boolean modes = group.profile().has(KernelFeature.PRESSURE_MODES);
    PressureListener listener = PressureListener.parse(args, modes, fd);
    return new Listening(
        group,
        events -> {
          hearsPressure = true;
          events.addPressure(listener);
        },
        events -> events.removePressure(listener));
  }

  /**
   * A group's memory limit has refused what nobody can do without: the group and all it accounts
   * for are told ({@code mem_cgroup_oom_notify}), and it is the worst of pressures. Some kernels
   * tell only if nobody is to be killed ({@code mem_cgroup_oom}).
   *
   * @param units how much was asked for
   */
  void outOfMemory(MemCgroup level, long units) {
    boolean waits = !level.killsWhenOutOfMemory();
    level.setLacking(waits ? units : 0);
    pressure(level, PressureLevel.CRITICAL);
    if (level.profile().has(KernelFeature.SILENT_OOM) && !waits) {
      return;
    }
    for (MemCgroup group : watched) {
      GroupEvents events = group.events();
      if (events != null && level.accountsFor(group)) {
        events.outOfMemory();
      }
    }
  }

  /** Whether refusals need to be counted. */
  boolean hearsPressure() {
    return hearsPressure;
  }

  /**
   * There is pressure in a group: told there, and in the groups that account for it ({@code
   * vmpressure_work_fn}).
   */
  void pressure(MemCgroup origin, PressureLevel level) {
    if (!hearsPressure) {
      return;
    }
    boolean heard = false;
    for (@Nullable MemCgroup at = origin; at != null; at = at.accountedBy()) {
      GroupEvents events = at.events();
      if (events != null && events.pressure(level, at != origin, heard)) {
        heard = true;
      }
    }
  }

  /** A listener in the list of a group, from start to end. */
  private final class Listening implements Subscription {
    private final MemCgroup group;
    private final Consumer<GroupEvents> add;
    private final Consumer<GroupEvents> remove;

    Listening(MemCgroup group, Consumer<GroupEvents> add, Consumer<GroupEvents> remove) {
      this.group = group;
      this.add = add;
      this.remove = remove;
    }

    @Override
    public void start() {
      watched.add(group);
      add.accept(group.eventsOrNew());
    }

    @Override
    public void end() {
      GroupEvents events = group.eventsOrNew();
      remove.accept(events);
      if (events.isEmpty()) {
        watched.remove(group);
      }
    }
  }
}
