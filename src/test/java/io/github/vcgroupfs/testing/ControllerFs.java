package io.github.vcgroupfs.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.cgroup.Notifier;
import io.github.vcgroupfs.cgroupfs.CgroupFs;
import io.github.vcgroupfs.cgroupfs.OpenFlags;
import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.file.FileSources;
import io.github.vcgroupfs.cgroupfs.file.FileTable;
import io.github.vcgroupfs.cgroupfs.file.VisibleFile;
import io.github.vcgroupfs.controllers.ControlFiles;
import io.github.vcgroupfs.controllers.ControllerKind;
import io.github.vcgroupfs.controllers.HierarchyList;
import io.github.vcgroupfs.freezer.Stopper;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.rights.Sharing;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A strict mount of one hierarchy in memory, for tests of what files answer: paths are those of a
 * shell in the root of the mount.
 */
public final class ControllerFs {
  private final CgroupTree tree;
  private final FileSources sources;
  private final CgroupFs fs;

  /**
   * A mount.
   *
   * @param profile the id of a kernel
   * @param controllers as in {@code --controllers}, one hierarchy
   * @param machine what the controllers see of the computer
   */
  public ControllerFs(String profile, String controllers, Machine machine) throws Exception {
    KernelProfile kernel = Profiles.byId(profile).orElseThrow();
    tree =
        HierarchyList.parse(controllers, kernel)
            .get(0)
            .make(
                new ControllerKind.Surroundings(
                    kernel, () -> 0, ModelListener.SILENT, machine, Stopper.NOBODY),
                new FakeMembership(),
                Notifier.NONE);
    sources = ControlFiles.of(tree, Map.of());
    fs =
        new CgroupFs(
            tree,
            sources,
            SizeMode.ZERO,
            Sharing.byDefault(Caller.SELF),
            Clock.systemUTC(),
            new Faults(0, ms -> {}));
  }

  /** The hierarchy. */
  public CgroupTree tree() {
    return tree;
  }

  /** {@code ls}: the control files. */
  public List<String> files(boolean root) {
    return new FileTable(tree.profile(), sources.rows(), Set.of())
        .files(root).stream().map(VisibleFile::name).toList();
  }

  /** {@code mkdir}. */
  public void mkdir(String path) throws ErrnoException {
    fs.mkdir(Caller.SELF, "/" + path, 0755);
  }

  /** {@code rmdir}. */
  public void rmdir(String path) throws ErrnoException {
    fs.rmdir(Caller.SELF, "/" + path);
  }

  /** {@code cat}. */
  public String read(String path) throws ErrnoException {
    long handle = fs.open(Caller.SELF, "/" + path, new OpenFlags(false, false));
    try {
      return new String(fs.read(Caller.SELF, handle, 0, 1 << 16), ISO_8859_1);
    } finally {
      fs.release(handle);
    }
  }

  /** {@code printf}: one write. */
  public void write(String path, String text) throws ErrnoException {
    long handle = fs.open(Caller.SELF, "/" + path, new OpenFlags(false, false));
    try {
      fs.write(Caller.SELF, handle, text.getBytes(ISO_8859_1));
    } finally {
      fs.release(handle);
    }
  }

  /** A write that is refused. */
  public void refuses(String path, String text, Errno errno) {
    assertThatThrownBy(() -> write(path, text))
        .as("\"%s\" > %s", text, path)
        .isInstanceOf(ErrnoException.class)
        .extracting(refusal -> ((ErrnoException) refusal).errno())
        .isEqualTo(errno);
  }
}
