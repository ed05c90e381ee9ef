package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.cgroup.EventSource;
import io.github.vcgroupfs.cgroupfs.inode.IndexedFile;
import org.jspecify.annotations.Nullable;

/** A control file, as far as registrations for events are concerned. */
public interface EventFile extends IndexedFile {
  /** The name in its directory. */
  String name();

  /**
   * The event that a registration for this file waits for; null if registrations cannot name it.
   */
  @Nullable EventSource events();
}
