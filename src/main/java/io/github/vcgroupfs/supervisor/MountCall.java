package io.github.vcgroupfs.supervisor;

import io.github.vcgroupfs.hostview.ShownHierarchy;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.MountCalls;
import io.github.vcgroupfs.os.NamespaceFd;
import io.github.vcgroupfs.os.NativeText;
import io.github.vcgroupfs.os.PathFd;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.seccomp.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Answers mount(2) of type {@code cgroup} by a bind of our hierarchy. In a cgroup namespace only
 * the groups below its root are bound, as the kernel's own mount there shows only those: {@code
 * cgroup_do_get_tree}.
 *
 * <p>All that is read from the caller's memory is read once, and the same copy is decided on and
 * done. The place is opened before it is mounted on. So the caller cannot change what is done by
 * changing its memory or its folders meanwhile.
 */
final class MountCall {
  private static final String TYPE = "cgroup";

  private static final int MAX_TYPE = 64;
  private static final int MAX_TEXT = 4096;

  // include/uapi/linux/mount.h
  private static final long MS_REMOUNT = 32;
  private static final long MS_BIND = 4096;
  private static final long MS_MOVE = 8192;
  private static final long MS_PROPAGATION = 1 << 17 | 1 << 18 | 1 << 19 | 1 << 20;

  /** Read-only, nosuid, nodev, noexec. */
  private static final long MS_OF_ONE_MOUNT = 1 | 2 | 4 | 8;

  /** Words of {@code cgroup1_parse_param} that name no hierarchy. */
  private static final List<String> OTHER_WORDS =
      List.of("", "none", "rw", "ro", "xattr", "noprefix", "clone_children", "cpuset_v2_mode");

  private static final String RELEASE_AGENT = "release_agent=";

  /** Of an attempt: the kernel is to do it. No errno, and not what a call of libc gives. */
  private static final int KERNEL = 1;

  private final VirtualHost host;
  private final CgroupNamespaces namespaces;
  private final ProcFs proc;

  MountCall(VirtualHost host, CgroupNamespaces namespaces, ProcFs proc) {
    this.host = host;
    this.namespaces = namespaces;
    this.proc = proc;
  }

  /** Answers the call, or lets the kernel do it. */
  void answer(Notification call) throws InterruptedException {
    long flags = call.argument(3);
    String type = call.argument(2) == 0 ? null : call.readString(call.argument(2), MAX_TYPE);
    String place = call.readString(call.argument(1), MAX_TEXT);
    String data = call.argument(4) == 0 ? "" : call.readString(call.argument(4), MAX_TEXT);
    boolean ordinary = (flags & (MS_BIND | MS_MOVE | MS_PROPAGATION)) == 0;
    if (!TYPE.equals(type)
        || place == null
        || data == null
        || !ordinary
        || !MountRights.mayMount(proc, call.tid())) {
      call.proceed();
      return;
    }
    int result;
    try (TargetPath path = new TargetPath(proc, call.tid())) {
      PathFd found = path.walk(PathFd.AT_FDCWD, place, true);
      if (found == null) {
        result = KERNEL; // it says why it cannot be found
      } else if ((flags & MS_REMOUNT) != 0) {
        result = remount(call, found, flags);
      } else {
        result = mount(call, found, flags, names(data));
      }
    }
    // Not earlier: a descriptor that is still open would make the next umount fail.
    if (result == KERNEL) {
      call.proceed();
    } else if (result < 0) {
      call.fail(Errno.ofNumber(-result).orElse(Errno.EINVAL));
    } else {
      call.succeed(0);
    }
  }

  /** The hierarchies are one file system for FUSE, so only the mount is changed. */
  private int remount(Notification call, PathFd place, long flags) throws InterruptedException {
    PathFd.Identity what = place.identity();
    if (what == null || !what.device().equals(host.device())) {
      return KERNEL;
    }
    return attempt(
        call, () -> Libc.mount("", "/proc/thread-self/fd/" + place.fd(), "", flags | MS_BIND, ""));
  }

  private int mount(Notification call, PathFd place, long flags, List<String> names)
      throws InterruptedException {
    List<ShownHierarchy> all = host.texts().hierarchies();
    Optional<ShownHierarchy> wanted =
        all.stream()
            .filter(each -> each.isNamedBy(names) && each.name().split(",").length == names.size())
            .findFirst();
    if (wanted.isEmpty()) {
      boolean taken = names.isEmpty() || all.stream().anyMatch(each -> each.replaces(names));
      // cgroup1_root_to_use: a controller is in another hierarchy
      return taken ? -Errno.EBUSY.number() : KERNEL;
    }
    String top = namespaces.tops(call.tid()).getOrDefault(wanted.get(), "/");
    int tree = MountCalls.openTree(NativeText.toBytes(host.place(wanted.get()).toString()) + top);
    if (tree < 0) {
      return tree;
    }
    try {
      MountCalls.setMountFlags(tree, flags & MS_OF_ONE_MOUNT);
      return attempt(call, () -> MountCalls.moveMount(tree, place.fd()));
    } finally {
      Libc.close(tree);
    }
  }

  /** A call of libc for somebody else; the result is 0 or a negative errno. */
  private interface Step {
    int run();
  }

  private static int attempt(Notification call, Step step) throws InterruptedException {
    try (NamespaceFd mounts = NamespaceFd.of(call.tid(), "mnt")) {
      return mounts == null || !call.isValid() ? KERNEL : inNamespace(mounts, step);
    }
  }

  /** Takes a step on a thread of its own, which has those mounts and ends after it. */
  private static int inNamespace(NamespaceFd mounts, Step step) throws InterruptedException {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              int entered = MountCalls.enterMounts(mounts.fd());
              result.complete(entered < 0 ? entered : step.run());
            },
            "mount");
    thread.setUncaughtExceptionHandler((who, defect) -> result.completeExceptionally(defect));
    thread.start();
    thread.join();
    return result.join();
  }

  private static List<String> names(@Nullable String data) {
    List<String> names = new ArrayList<>(List.of((data == null ? "" : data).split(",", -1)));
    names.removeIf(word -> OTHER_WORDS.contains(word) || word.startsWith(RELEASE_AGENT));
    return names;
  }
}
