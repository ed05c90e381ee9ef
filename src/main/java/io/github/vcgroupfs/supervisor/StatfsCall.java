package io.github.vcgroupfs.supervisor;

import io.github.vcgroupfs.os.PathFd;
import io.github.vcgroupfs.os.ProcFs;
import io.github.vcgroupfs.seccomp.Notification;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Answers statfs(2) on our hierarchies as the kernel does on its own: {@code simple_statfs} with
 * {@code CGROUP_SUPER_MAGIC}. Our texts claim to be files of {@code /proc}.
 */
final class StatfsCall {
  // struct statfs of a 64-bit machine: include/uapi/asm-generic/statfs.h
  private static final int TYPE = 0;
  private static final int BSIZE = 8;
  private static final int BLOCKS = 16;
  private static final int FSID = 56;
  private static final int NAMELEN = 64;
  private static final int FRSIZE = 72;

  private static final int PAGE_BYTES = 4096;
  private static final int NAME_MAX = 255;
  private static final int MAX_PATH = 4096;

  private final VirtualHost host;
  private final ProcFs proc;

  StatfsCall(VirtualHost host, ProcFs proc) {
    this.host = host;
    this.proc = proc;
  }

  /** statfs(2): a path and a buffer. */
  void answer(Notification call) {
    String path = call.readString(call.argument(0), MAX_PATH);
    if (path == null || path.isEmpty()) {
      call.proceed();
      return;
    }
    byte[] statfs;
    try (TargetPath walk = new TargetPath(proc, call.tid())) {
      statfs = ofOurs(walk.walk(PathFd.AT_FDCWD, path, true));
    }
    // Not earlier: a descriptor that is still open would make its next umount fail.
    write(call, statfs);
  }

  /** fstatfs(2): a descriptor and a buffer. */
  void answerOpen(Notification call) {
    String link = "/proc/" + call.tid() + "/fd/" + (int) call.argument(0);
    byte[] statfs;
    if (isText(link)) {
      try (PathFd folder = PathFd.open("/proc")) {
        statfs = folder == null ? null : folder.statfs();
      }
    } else {
      try (PathFd file = PathFd.open(link)) {
        statfs = ofOurs(file);
      }
    }
    write(call, statfs);
  }

  /** Makes an answer and drops it. */
  static void rehearse() {
    try (PathFd root = PathFd.open("/")) {
      asCgroup(root == null ? null : root.statfs());
    }
  }

  private static boolean isText(String link) {
    try {
      return Files.readSymbolicLink(Path.of(link)).toString().contains(OpenCall.TEXT_NAME);
    } catch (IOException gone) {
      return false;
    }
  }

  private byte @Nullable [] ofOurs(@Nullable PathFd file) {
    PathFd.Identity what = file == null ? null : file.identity();
    return file != null && what != null && what.device().equals(host.device())
        ? asCgroup(file.statfs())
        : null;
  }

  private static void write(Notification call, byte @Nullable [] statfs) {
    if (statfs == null || !call.isValid() || !call.writeBytes(call.argument(1), statfs)) {
      call.proceed();
    } else {
      call.succeed(0);
    }
  }

  private static byte @Nullable [] asCgroup(byte @Nullable [] ours) {
    if (ours == null) {
      return null;
    }
    ByteBuffer statfs = ByteBuffer.wrap(ours).order(ByteOrder.nativeOrder());
    Arrays.fill(ours, BLOCKS, FSID, (byte) 0); // it has neither blocks nor a number of files
    statfs.putLong(TYPE, PathFd.CGROUP_SUPER_MAGIC);
    statfs.putLong(BSIZE, PAGE_BYTES);
    statfs.putLong(NAMELEN, NAME_MAX);
    statfs.putLong(FRSIZE, PAGE_BYTES);
    return ours;
  }
}
