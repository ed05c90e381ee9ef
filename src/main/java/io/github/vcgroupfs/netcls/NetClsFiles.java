package io.github.vcgroupfs.netcls;

import io.github.vcgroupfs.cgroup.TreeRules;
import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Fidelity;
import io.github.vcgroupfs.cgroupfs.file.FileOwner;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.NumberHandler;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.List;

/** The table of files of the net_cls controller: {@code ss_files[]}. */
public final class NetClsFiles {
  private static final FileOwner OWNER = FileOwner.controller(NetClsController.NAME);

  private NetClsFiles() {}

  /** The rows, in the order in which a directory lists them. */
  public static List<ControlFile> rows() {
    return List.of(
        ControlFile.of(
                OWNER,
                "classid",
                NumberHandler.writable(
                    target -> NetClsGroup.of(target.group()).classId(), NetClsFiles::setClassId),
                Fidelity.STUB,
                "write_classid")
            .build());
  }

  private static void setClassId(FileTarget target, long written) throws ErrnoException {
    target
        .group()
        .lock()
        .run(
            () -> {
              TreeRules.requireAlive(target.group());
              NetClsGroup.of(target.group()).setClassId(written);
            });
  }
}
