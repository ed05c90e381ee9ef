package io.github.vcgroupfs.daemon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.hostview.ShownHierarchy;
import io.github.vcgroupfs.hostview.V1Layout;
import io.github.vcgroupfs.hostview.V1Texts;
import io.github.vcgroupfs.kernel.CoreFile;
import io.github.vcgroupfs.os.NativeText;
import io.github.vcgroupfs.supervisor.VirtualHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A machine whose cgroup v1 are the hierarchies of a mount that another process serves. It knows of
 * them what their files say. Immutable.
 */
final class MountedHost implements VirtualHost {
  private final V1Layout layout;
  private final String device;

  /**
   * A machine with this layout, which has been arranged.
   *
   * @param device the number of the mount, {@code major:minor}
   */
  MountedHost(V1Layout layout, String device) {
    this.layout = layout;
    this.device = device;
  }

  @Override
  public V1Texts texts() {
    return layout.texts();
  }

  @Override
  public String device() {
    return device;
  }

  @Override
  public String groupOf(ShownHierarchy hierarchy, int tid) {
    Path root = place(hierarchy);
    Path found = find(root, Integer.toString(tid));
    return found == null ? "/" : "/" + NativeText.toBytes(root.relativize(found).toString());
  }

  /** Who is in none of the groups below is in the root. */
  private static @Nullable Path find(Path group, String tid) {
    for (Path child : children(group)) {
      Path found = lists(child, tid) ? child : find(child, tid);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static boolean lists(Path group, String tid) {
    try {
      String tasks =
          new String(Files.readAllBytes(group.resolve(CoreFile.TASKS.fileName())), ISO_8859_1);
      return List.of(tasks.split("\n", -1)).contains(tid);
    } catch (IOException gone) {
      return false;
    }
  }

  private static List<Path> children(Path group) {
    try (Stream<Path> all = Files.list(group)) {
      // sim.proc and its like are no groups
      return all.filter(each -> Files.isRegularFile(each.resolve(CoreFile.TASKS.fileName())))
          .toList();
    } catch (IOException gone) {
      return List.of();
    }
  }

  @Override
  public int groups(ShownHierarchy hierarchy) {
    return count(place(hierarchy));
  }

  private static int count(Path group) {
    return 1 + children(group).stream().mapToInt(MountedHost::count).sum();
  }

  @Override
  public Path place(ShownHierarchy hierarchy) {
    return layout.placed().stream()
        .filter(each -> each.shown().equals(hierarchy))
        .map(V1Layout.Placed::place)
        .findFirst()
        .orElseThrow();
  }
}
