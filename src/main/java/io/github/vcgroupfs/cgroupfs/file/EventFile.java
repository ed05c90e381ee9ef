package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.cgroup.EventSource;
import io.github.vcgroupfs.cgroupfs.inode.IndexedFile;
import org.jspecify.annotations.Nullable;

/** A control file as a registration of events names it. */
public interface EventFile extends IndexedFile {
  /** The name in its directory. */
  String name();

  /** What can be waited for; null: nothing. */
  @Nullable EventSource events();
}
