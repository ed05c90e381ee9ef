package io.github.vcgroupfs.membership;

import io.github.vcgroupfs.cgroup.Membership.Scope;
import io.github.vcgroupfs.kernel.CoreFile;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.MountCalls;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cgroup v1 hierarchy of the kernel that has a name and no controller. All it does is to keep
 * track of which process is in which group. Its mount is attached nowhere: nobody else can find it
 * by a path, and it disappears when the daemon ends, however that ends.
 *
 * <p>Thread-safe but for {@link #close}: the kernel guards what is asked of it.
 */
final class NamedHierarchy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NamedHierarchy.class);

  /** The directory of the top group. */
  static final String TOP = "";

  /** How often a group is emptied, should its processes fork faster than they are moved. */
  private static final int MAX_EMPTYINGS = 20;

  /** Times to look whether the hierarchy is gone. */
  private static final int MAX_UNMOUNTS = 40;

  private static final int UNMOUNT_PAUSE_MS = 25;

  private final String name;
  private final int mount;

  private NamedHierarchy(String name, int mount) {
    this.name = name;
    this.mount = mount;
  }

  /**
   * Mounts the hierarchy of that name; makes it if there is none.
   *
   * @throws IOException if the kernel does not let us, with the reason
   */
  static NamedHierarchy open(String name) throws IOException {
    return new NamedHierarchy(name, mount(name));
  }

  /** Removes what a daemon left behind. */
  static void remove(String name) {
    try {
      open(name).close();
    } catch (IOException goingAlready) {
      LOG.debug("the hierarchy {} is left alone", name, goingAlready);
    }
  }

  private static int mount(String name) throws IOException {
    int context = require("fsopen", MountCalls.fsopen("cgroup"));
    try {
      require("fsconfig none", MountCalls.setFlag(context, "none"));
      require("fsconfig name", MountCalls.setString(context, "name", name));
      require("fsconfig create", MountCalls.create(context));
      return require("fsmount", MountCalls.fsmount(context));
    } finally {
      Libc.close(context);
    }
  }

  private static int require(String call, int result) throws IOException {
    if (result < 0) {
      throw new IOException(
          ("this kernel or user has no named cgroup v1 hierarchies (%s: %s); they need Linux"
                  + " 5.2 with cgroup v1, root, and the first cgroup namespace")
              .formatted(call, Libc.text(result)));
    }
    return result;
  }

  /** Makes a group below the top; 0 or a negative errno. */
  int mkdir(String directory) {
    return Libc.mkdir(path(directory));
  }

  /** Removes a group; 0 or a negative errno. */
  int rmdir(String directory) {
    return Libc.rmdir(path(directory));
  }

  /** Moves a thread, or the process with that id; a negative errno if it cannot be. */
  int move(String directory, Scope scope, int id) {
    return Libc.write(path(directory) + "/" + file(scope), Integer.toString(id));
  }

  /** Whether a thread is in a group that lives. */
  boolean isPopulated(String directory) {
    try (FileInputStream tasks = open(directory, Scope.THREAD)) {
      return tasks.read() >= 0;
    } catch (IOException gone) {
      return false;
    }
  }

  /** The threads or processes in a group, ascending; none if it is gone. */
  int[] list(String directory, Scope scope) {
    try (FileInputStream ids = open(directory, scope)) {
      String text = new String(ids.readAllBytes(), StandardCharsets.US_ASCII);
      return text.lines().mapToInt(Integer::parseInt).filter(id -> id > 0).toArray();
    } catch (IOException gone) {
      return new int[0];
    }
  }

  private FileInputStream open(String directory, Scope scope) throws IOException {
    return new FileInputStream(path(directory) + "/" + file(scope));
  }

  private static String file(Scope scope) {
    return switch (scope) {
      case THREAD -> CoreFile.TASKS.fileName();
      case PROCESS -> CoreFile.PROCS.fileName();
    };
  }

  private String path(String directory) {
    return "/proc/self/fd/" + mount + "/" + directory;
  }

  /** Sends everybody back to the top and removes the hierarchy: it would outlive its mount. */
  @Override
  public void close() {
    String[] all = new File(path(TOP)).list((top, each) -> new File(top, each).isDirectory());
    for (String directory : all == null ? new String[0] : all) {
      empty(directory);
    }
    Libc.close(mount);
    awaitEnd();
  }

  /**
   * Only an unmount checks whether the hierarchy can be removed, and a group disappears some time
   * after rmdir.
   */
  private void awaitEnd() {
    try {
      for (int i = 0; i < MAX_UNMOUNTS && names().contains(name); i++) {
        TimeUnit.MILLISECONDS.sleep(UNMOUNT_PAUSE_MS);
        if (names().contains(name)) {
          unmountAgain();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.debug("whether the hierarchy {} is gone cannot be seen", name, e);
    }
  }

  private void unmountAgain() {
    try {
      Libc.close(mount(name));
    } catch (IOException goingAlready) {
      LOG.trace("the hierarchy {} is on its way", name, goingAlready);
    }
  }

  private void empty(String directory) {
    int result = rmdir(directory);
    for (int i = 0; i < MAX_EMPTYINGS && Errno.EBUSY.is(result); i++) {
      Arrays.stream(list(directory, Scope.PROCESS)).forEach(pid -> move(TOP, Scope.PROCESS, pid));
      result = rmdir(directory);
    }
    if (result != 0) {
      LOG.debug("the group {} of {} stays: {}", directory, name, Libc.text(result));
    }
  }

  /** The names of all hierarchies of this kernel, as {@code /proc/PID/cgroup} tells them. */
  static List<String> names() throws IOException {
    try (FileInputStream cgroup = new FileInputStream("/proc/self/cgroup")) {
      String text = new String(cgroup.readAllBytes(), StandardCharsets.ISO_8859_1);
      return text.lines() // 10:name=systemd:/path
          .map(line -> line.split(":", 3))
          .filter(fields -> fields.length == 3 && fields[1].startsWith("name="))
          .map(fields -> fields[1].substring("name=".length()))
          .toList();
    }
  }
}
