package io.github.vcgroupfs.devices;

import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Fidelity;
import io.github.vcgroupfs.cgroupfs.file.FileOwner;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.kernel.Errno;
import java.util.List;

/** The table of files of the devices controller: {@code dev_cgroup_files[]}. */
public final class DevicesFiles {
  private static final FileOwner OWNER = FileOwner.controller(DevicesController.NAME);

  private DevicesFiles() {}

  /** The rows, in the order in which a directory lists them. */
  public static List<ControlFile> rows() {
    return List.of(
        row("allow", new DevicesAccessHandler(AccessRules::allow), "devcgroup_access_write"),
        row("deny", new DevicesAccessHandler(AccessRules::deny), "devcgroup_access_write"),
        row("list", new DevicesListHandler(), "devcgroup_seq_show"));
  }

  private static ControlFile row(String name, Handler handler, String source) {
    return ControlFile.of(OWNER, name, handler, Fidelity.STUB, source).failing(Errno.EPERM).build();
  }
}
