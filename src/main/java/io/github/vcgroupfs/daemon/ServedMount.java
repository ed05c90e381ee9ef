package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.cgroupfs.FileCalls;
import io.github.vcgroupfs.cgroupfs.fault.Parking;
import io.github.vcgroupfs.controllers.HierarchySpec;
import io.github.vcgroupfs.fixture.FixtureException;
import io.github.vcgroupfs.hierarchy.Hierarchy;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.membership.SharedEvents;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.notify.ProcNotifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Everything that a daemon serves: its hierarchies. Nobody sees them before they are mounted. */
final class ServedMount implements AutoCloseable {
  private final List<ServedHierarchy> hierarchies = new ArrayList<>();
  private final ProcNotifier notifier;
  private final Parking parking = new Parking(Parking.MAX_PARKED, System::nanoTime);
  private final Caller owner;

  private ServedMount(Supplier<String> device, Caller owner) {
    this.notifier = new ProcNotifier(device, System::nanoTime);
    this.owner = owner;
  }

  /**
   * Puts the hierarchies together.
   *
   * @param device what the mount will be seen as, {@code major:minor}
   * @throws MountException if something is missing; nothing is left behind then
   */
  static ServedMount assemble(DaemonSettings settings, Supplier<String> device)
      throws MountException {
    ServedMount mount = new ServedMount(device, settings.sharing().rights().owner());
    ServedHierarchy.Shared shared =
        new ServedHierarchy.Shared(mount.notifier, mount.parking, new SharedEvents());
    try {
      for (HierarchySpec spec : settings.hierarchies()) {
        int index = mount.hierarchies.size();
        mount.hierarchies.add(new ServedHierarchy(spec, index, settings, shared));
      }
      return mount;
    } catch (MountException | RuntimeException | Error e) {
      mount.close();
      throw e;
    }
  }

  /** What a FUSE server is to serve: the only hierarchy, or a directory with all of them. */
  FileCalls files() {
    return Hierarchy.together(hierarchies.stream().map(ServedHierarchy::parts).toList(), owner);
  }

  /** The hierarchies, in the order of the settings. */
  List<ServedHierarchy> hierarchies() {
    return Collections.unmodifiableList(hierarchies);
  }

  /** Ends the waits of calls and of members, so that nobody is kept from letting the mount go. */
  void abort() {
    parking.abort();
    hierarchies.forEach(ServedHierarchy::thaw);
  }

  /** Brings in what is there at first. */
  void restore(DaemonSettings settings) throws FixtureException {
    for (ServedHierarchy each : hierarchies) {
      each.restore(settings);
    }
  }

  /** What must be done however the daemon is ended: nobody waits for its other threads then. */
  void release() {
    hierarchies.forEach(ServedHierarchy::release);
  }

  @Override
  public void close() {
    abort();
    try (notifier) {
      hierarchies.forEach(ServedHierarchy::close);
    }
  }
}
