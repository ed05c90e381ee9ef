package io.github.vcgroupfs.freezer;

import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Fidelity;
import io.github.vcgroupfs.cgroupfs.file.FileOwner;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.NumberHandler;
import io.github.vcgroupfs.cgroupfs.file.Visibility;
import io.github.vcgroupfs.kernel.KernelFeature;
import java.util.List;

/** The table of files of the freezer: {@code files[]}. The root has none of these files. */
public final class FreezerFiles {
  private static final FileOwner OWNER = FileOwner.controller(FreezerController.NAME);

  private FreezerFiles() {}

  /** The rows, in the order in which a directory lists them. */
  public static List<ControlFile> rows() {
    return List.of(
        row("state", new FreezerStateHandler(), "freezer_write").build(),
        flag("self_freezing", "freezer_self_freezing_read", FreezerGroup::selfFreezing),
        flag("parent_freezing", "freezer_parent_freezing_read", FreezerGroup::parentFreezing));
  }

  private interface Flag {
    boolean of(FreezerGroup group);
  }

  private static ControlFile flag(String name, String source, Flag flag) {
    Handler handler =
        NumberHandler.readOnly(target -> flag.of(FreezerGroup.of(target.group())) ? 1 : 0);
    return row(name, handler, source).requiring(KernelFeature.FREEZER_HIERARCHY).build();
  }

  private static ControlFile.Builder row(String name, Handler handler, String source) {
    return ControlFile.of(OWNER, name, handler, Fidelity.REPORTED, source)
        .visible(Visibility.NOT_ON_ROOT);
  }
}
