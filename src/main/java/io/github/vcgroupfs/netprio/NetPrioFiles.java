package io.github.vcgroupfs.netprio;

import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Fidelity;
import io.github.vcgroupfs.cgroupfs.file.FileOwner;
import io.github.vcgroupfs.cgroupfs.file.NumberHandler;
import io.github.vcgroupfs.kernel.Errno;
import java.util.List;

/** The table of files of the net_prio controller: {@code ss_files[]}. */
public final class NetPrioFiles {
  private static final FileOwner OWNER = FileOwner.controller(NetPrioController.NAME);

  private NetPrioFiles() {}

  /** The rows, in the order in which a directory lists them. */
  public static List<ControlFile> rows() {
    return List.of(
        ControlFile.of(
                OWNER,
                "prioidx",
                NumberHandler.readOnly(target -> NetPrioGroup.of(target.group()).index()),
                Fidelity.STUB,
                "read_prioidx")
            .build(),
        ControlFile.of(OWNER, "ifpriomap", new PriorityMapHandler(), Fidelity.STUB, "write_priomap")
            .failing(Errno.ENODEV)
            .build());
  }
}
