package io.github.vcgroupfs.cgroupfs;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.MountFiles;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.VisibleFile;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.cgroupfs.restore.RecordedTexts;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.ReadSnapshot;
import io.github.vcgroupfs.kernel.WriteLengths;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A control file that is open, with a snapshot of its text. The kernel's seq_file also keeps one
 * for each handle.
 *
 * <p>Thread-safe. Its own monitor guards the snapshot, and puts the reads and writes of the handle
 * into an order: one is done when the next begins ({@code kernfs_fop_write_iter} holds {@code
 * of->mutex}). Other handles do not wait for it, not even those of the same file.
 */
final class OpenFile {
  private static final Logger LOG = LoggerFactory.getLogger(OpenFile.class);

  private final MountFiles mount;
  private final Cgroup group;
  private final VisibleFile file;
  private final RecordedTexts texts;

  /** Who opened it; null before that. */
  private volatile @Nullable Caller opener;

  /** Whether he had CAP_SYS_ADMIN: looked up for a file of which the kernel asks that. */
  private volatile boolean openedByAdmin;

  @GuardedBy("this")
  private byte @Nullable [] snapshot;

  /** Where the next read is expected; another offset makes the text anew ({@code traverse}). */
  @GuardedBy("this")
  private long nextOffset;

  /** Written under the monitor; poll looks without it, for it must not wait for a long read. */
  private volatile boolean wasRead;

  OpenFile(MountFiles mount, Cgroup group, VisibleFile file, RecordedTexts texts) {
    this.mount = mount;
    this.group = group;
    this.file = file;
    this.texts = texts;
  }

  Cgroup group() {
    return group;
  }

  VisibleFile file() {
    return file;
  }

  String path() {
    return group.isRoot() ? "/" + file.name() : group.path() + "/" + file.name();
  }

  /**
   * Takes down what 3.x takes down at open: the list of processes, which then stays the same for
   * the life of the handle ({@code cgroup_tasks_open}).
   */
  synchronized void opened(Caller caller) throws ErrnoException {
    opener = caller;
    if (file.handler().writeShape() == WriteShape.PATH) {
      openedByAdmin = mount.sharing().rights().tasks().isAdmin(caller);
    }
    if (shape() == ReadShape.PIDS && rule() == ReadSnapshot.EVERY_READ) {
      snapshot = text(caller);
    }
  }

  /**
   * Whether poll says that the content changed: {@code kernfs_generic_poll} does so until the first
   * read.
   */
  boolean hasNews() {
    return profile().has(KernelFeature.KERNFS_POLL) && !wasRead;
  }

  /** The slice of the text at that offset; empty at the end. */
  synchronized byte[] read(Caller caller, long offset, int sizeBytes) throws ErrnoException {
    int buffered = group.isAlive() ? 0 : endOfBuffer(offset);
    boolean isLeft = offset < buffered;
    if (!isLeft) {
      requireReadable();
    }
    wasRead = true;
    byte[] text = snapshot;
    if (text == null || isStale(offset)) {
      text = text(caller);
      snapshot = text;
    }
    int from = (int) Math.min(offset, text.length);
    int to = (int) Math.min((long) from + sizeBytes, isLeft ? buffered : text.length);
    nextOffset = to;
    return Arrays.copyOfRange(text, from, to);
  }

  /**
   * Up to where the text was made by the reads before, and is given out without a look at the group
   * ({@code seq_read_iter} copies what is left in its buffer first). That is the whole text, but of
   * a list of processes the line in which the last read ended. 0 if nothing is left.
   */
  @GuardedBy("this")
  private int endOfBuffer(long offset) {
    byte[] text = snapshot;
    if (text == null || rule() != ReadSnapshot.UNTIL_REWOUND || offset == 0 || isStale(offset)) {
      return 0;
    }
    if (shape() != ReadShape.PIDS) {
      return text.length;
    }
    if (offset != nextOffset) {
      return 0;
    }
    int end = (int) offset;
    while (text[end - 1] != '\n') {
      end++;
    }
    return end;
  }

  /** Carries out one write; the offset does not matter. */
  synchronized void write(Caller caller, byte[] written) throws ErrnoException {
    Handler handler = file.handler();
    WriteLengths lengths = profile().files().lengths();
    requireAtMost(handler.writeShape().maxBytesAtAll(lengths), written);
    requireAlive();
    if (!file.writable()) {
      throw new ErrnoException(Errno.EINVAL, file.name() + " can only be read, not written");
    }
    requireAtMost(handler.writeShape().maxBytes(lengths), written);
    FileTarget target = new FileTarget(mount, group, responsible(caller), openedByAdmin);
    handler.write(target, written);
    texts.written(file, group);
    if (file.row().isDeprecated(profile()) && mount.isFirstWarning(file.row())) {
      // pr_warn_once: once a mount, as there it is once a boot
      LOG.warn("{} is deprecated: {} says so once, too", file.row().fullName(), profile());
    }
  }

  private static void requireAtMost(int most, byte[] written) throws ErrnoException {
    if (written.length > most) {
      throw new ErrnoException(
          Errno.E2BIG,
          "%d bytes in one write; this file takes %d at most".formatted(written.length, most));
    }
  }

  /**
   * Whose rights decide. For moving tasks it is the opener, so that nobody can make a privileged
   * program write to a file that they opened themselves ({@code of->file->f_cred}, CVE-2021-4197).
   * For what reaches beyond the hierarchy, our own files, the release agent and the freezer, both
   * of them must have the right.
   */
  private Caller responsible(Caller writer) {
    Caller who = opener;
    if (who == null) {
      return writer;
    }
    return switch (file.handler().writeShape()) {
      case COMMAND, PATH, STATE -> mount.sharing().rights().weaker(who, writer);
      case INTEGER ->
          shape() == ReadShape.PIDS ? new Caller(who.uid(), who.gid(), writer.tid()) : writer;
      case NONE, STRING, LIST, RULE, RESET -> writer;
    };
  }

  @GuardedBy("this")
  private boolean isStale(long offset) {
    return switch (rule()) {
      case EVERY_READ ->
          switch (shape()) {
            case NUMBER, LIST -> true;
            case PIDS -> false;
            case NONE, TEXT -> offset == 0 || offset != nextOffset;
          };
      case UNTIL_REWOUND ->
          switch (shape()) {
            case PIDS -> false;
            case NONE, NUMBER, LIST, TEXT -> offset == 0 || offset != nextOffset;
          };
    };
  }

  /**
   * The text that both he who opened the file and he who reads may see: a program with more rights
   * that is given the handle must not leave what it sees for the opener to read on.
   */
  private byte[] text(Caller caller) throws ErrnoException {
    Caller who = opener;
    Caller reader = who == null ? caller : mount.sharing().rights().weaker(who, caller);
    String text = texts.text(file, new FileTarget(mount, group, reader));
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** {@code vfs_fsync_range}: a file without an fsync operation is EINVAL. */
  void requireSyncable() throws ErrnoException {
    if (!profile().has(KernelFeature.FILE_FSYNC)) {
      throw new ErrnoException(
          Errno.EINVAL,
          "%s takes no fsync in this kernel: a write is done at once".formatted(path()));
    }
  }

  /** {@code kernfs_fop_llseek}: no position without the group. */
  void requireSeekable() throws ErrnoException {
    if (profile().has(KernelFeature.LLSEEK_NEEDS_GROUP)) {
      requireAlive();
    }
  }

  private void requireReadable() throws ErrnoException {
    switch (shape()) {
      case NONE, NUMBER, LIST -> requireAlive();
      case TEXT, PIDS -> {
        if (!profile().has(KernelFeature.TEXT_OUTLIVES_GROUP)) {
          requireAlive();
        }
      }
    }
  }

  private void requireAlive() throws ErrnoException {
    if (!group.isAlive()) {
      throw new ErrnoException(
          Errno.ENODEV, "the group of this file was removed; close it and open another");
    }
  }

  private ReadShape shape() {
    return file.handler().readShape();
  }

  private ReadSnapshot rule() {
    return profile().files().snapshot();
  }

  private KernelProfile profile() {
    return mount.tree().profile();
  }
}
