package io.github.vcgroupfs.nio;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;

/** What a path asks when it is to be watched. */
interface DirectoryWatcher {
  /** Watches a directory. */
  WatchKey register(
      Path directory, List<WatchEvent.Kind<?>> events, List<WatchEvent.Modifier> modifiers)
      throws IOException;
}
