package io.github.vcgroupfs.supervisor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.hostview.ShownHierarchy;
import io.github.vcgroupfs.hostview.V1Texts;
import io.github.vcgroupfs.os.Libc;
import io.github.vcgroupfs.os.PathFd;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.seccomp.Memfd;
import io.github.vcgroupfs.seccomp.Notification;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers an open of a file in {@code /proc} that tells of hierarchies, with a text of ours. */
final class OpenCall {
  /** The name of our texts: what a link in {@code /proc/PID/fd} shows. */
  static final String TEXT_NAME = "vcgroupfs-text";

  private final VirtualHost host;
  private final CgroupNamespaces namespaces;
  private final ProcFs proc;

  OpenCall(VirtualHost host, CgroupNamespaces namespaces, ProcFs proc) {
    this.host = host;
    this.namespaces = namespaces;
    this.proc = proc;
  }

  /**
   * Answers the call, or lets the kernel do it.
   *
   * @param folder the descriptor that a relative path begins at
   * @param path one char a byte
   */
  void answer(Notification call, int folder, String path, OpenFlags flags) {
    String text;
    try (TargetPath walk = new TargetPath(proc, call.tid())) {
      PathFd file = walk.walk(folder, path, flags.followsLink());
      ProcFile wanted = file == null ? null : ProcFile.at(file, walk, proc, call.tid());
      text = wanted == null ? null : text(wanted, call.tid());
    }
    // Not earlier: a descriptor that is still open would make its next umount fail.
    if (text == null || !call.isValid()) {
      call.proceed();
    } else {
      give(call, text.getBytes(ISO_8859_1), flags);
    }
  }

  private static void give(Notification call, byte[] text, OpenFlags flags) {
    try {
      // Also if it is opened only to be named: the kernel hands on no such descriptor.
      int file = Memfd.sealed(TEXT_NAME, text);
      try {
        call.answerFd(file, flags.closesOnExec());
      } finally {
        Libc.close(file);
      }
    } catch (IOException noMemory) {
      call.proceed();
    }
  }

  /** Makes all texts for a thread, and drops them. */
  void rehearse(int tid) {
    for (ProcFile.Kind each : ProcFile.Kind.values()) {
      String name = each == ProcFile.Kind.CGROUPS ? "/proc/" : "/proc/self/";
      try (TargetPath walk = new TargetPath(proc, tid)) {
        PathFd file = walk.walk(PathFd.AT_FDCWD, name + each.fileName(), true);
        ProcFile found = file == null ? null : ProcFile.at(file, walk, proc, tid);
        if (found != null) {
          text(found, tid);
        }
      }
    }
  }

  private @Nullable String text(ProcFile file, int reader) {
    V1Texts texts = host.texts();
    ProcFile.Kind kind = file.kind();
    // A process of the host sees our hierarchies where we do: they are its machine's.
    boolean ofHost = kind.tellsMounts() && namespaces.hasHostsMounts(file.tid());
    String original =
        ofHost ? own(kind, reader) : namespaces.readAs(reader, file.folder(), kind.fileName());
    if (original == null) {
      return null;
    }
    Map<ShownHierarchy, String> tops = namespaces.tops(reader);
    return switch (kind) {
      case CGROUPS -> texts.cgroups(original, mountinfo(reader), host::groups);
      case CGROUP -> texts.cgroup(original, paths(file.tid(), tops));
      case MOUNTS -> {
        ProcFile.Kind full = ProcFile.Kind.MOUNTINFO;
        String numbered = ofHost ? own(full, reader) : file.folder().read(full.fileName());
        yield texts.mounts(original, numbered == null ? "" : numbered, host.device());
      }
      case MOUNTINFO -> texts.mountinfo(original, host.device(), tops);
    };
  }

  private static String mountinfo(int tid) {
    try (PathFd folder = PathFd.open("/proc/" + tid)) {
      String text = folder == null ? null : folder.read(ProcFile.Kind.MOUNTINFO.fileName());
      return text == null ? "" : text;
    }
  }

  /** The true text of this thread, which has the mounts of the command. */
  private @Nullable String own(ProcFile.Kind kind, int reader) {
    try (PathFd folder = PathFd.open("/proc/thread-self")) {
      return folder == null ? null : namespaces.readAs(reader, folder, kind.fileName());
    }
  }

  private Map<ShownHierarchy, String> paths(int tid, Map<ShownHierarchy, String> tops) {
    Map<ShownHierarchy, String> paths = new HashMap<>(namespaces.groups(tid));
    paths.replaceAll((each, path) -> V1Texts.relative(tops.getOrDefault(each, "/"), path));
    return paths;
  }
}
