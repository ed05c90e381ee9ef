package io.github.vcgroupfs.fuse;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.Membership;
import io.github.vcgroupfs.cgroupfs.CgroupFs;
import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.controllers.ControlFiles;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.os.Identity;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A daemon with a file that throws what the first word written to it names. */
final class ThrowingDaemon {
  private ThrowingDaemon() {}

  /** Arguments: the mount point, and the one libfuse is told instead, if any. */
  public static void main(String[] args) throws Exception {
    MountPoint place = MountPoint.resolve(Path.of("/"), args[0]);
    if (args.length > 1) {
      place = new MountPoint(place.path(), args[1]);
    }
    MemoryTree tree =
        new MemoryTree(
            Profiles.LWN_2011.relaxed(), Membership.NOBODY, System::nanoTime, ModelListener.SILENT);
    CgroupFs files =
        new CgroupFs(
            tree.tree(),
            ControlFiles.of(tree.tree(), Map.of(Served.TCP_FLOWS, new Throwing())),
            SizeMode.ZERO,
            Caller.SELF,
            Clock.systemUTC(),
            new Faults(0, ms -> {}));
    MountOptions options = new MountOptions(SizeMode.ZERO, false, 4);
    FuseMount mount =
        new FuseMount(new FuseLibrary(), place, options, Identity.self(), at -> List.of());
    Runtime.getRuntime().addShutdownHook(new Thread(mount::close));
    try {
      mount.mount(files);
    } catch (MountException e) {
      System.err.println(e.kind() + ": " + e.getMessage());
      System.exit(1);
    }
    System.out.println("mounted");
    mount.awaitEnd();
    mount.close();
    mount.close();
    System.out.println("closed twice");
  }

  private static final class Throwing implements ServedFile {
    @Override
    public String read(Cgroup group, Caller caller) {
      throw new IllegalStateException("thrown on purpose");
    }

    @Override
    public void write(Cgroup group, String text) {
      switch (text.strip()) {
        case "error" -> throw new AssertionError("an error on purpose");
        case "deep" -> write(group, text); // until the stack is used up
        case "memory" -> throw new OutOfMemoryError("on purpose");
        default -> throw new IllegalArgumentException("thrown on purpose");
      }
    }
  }
}
