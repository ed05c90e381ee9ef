package io.github.vcgroupfs.metrics;

import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.watch.Hierarchy;
import io.github.vcgroupfs.watch.Snapshot;
import io.github.vcgroupfs.watch.WatchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Plain files that look like a hierarchy. */
final class FakeSight implements Sight {
  private final Hierarchy hierarchy;
  private boolean gone;

  private FakeSight(Path directory) throws WatchException {
    this.hierarchy = Hierarchy.at(directory);
  }

  /** A mount of ours, by its table of groups. */
  static FakeSight ofTable(Path directory, String... lines) throws IOException, WatchException {
    Files.writeString(directory.resolve(Served.GROUPS.fullName()), String.join("\n", lines) + "\n");
    return new FakeSight(directory);
  }

  /** A kernel's, by files that are there. */
  static FakeSight ofFiles(Path directory) throws WatchException {
    return new FakeSight(directory);
  }

  /** From now on it cannot be looked at. */
  void vanish() {
    gone = true;
  }

  @Override
  public Hierarchy hierarchy() {
    return hierarchy;
  }

  @Override
  public Optional<Snapshot> now() {
    try {
      return gone ? Optional.empty() : Optional.of(hierarchy.read());
    } catch (WatchException e) {
      throw new AssertionError(e);
    }
  }
}
