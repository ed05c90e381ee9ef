package io.github.vcgroupfs.controllers;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroupfs.file.Figures;
import io.github.vcgroupfs.cgroupfs.file.FileSources;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.cgroupfs.file.Writer;
import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.kernel.Caller;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Empty files in the place of those that the traffic and the view of the host serve. */
public final class ServedStandIns {
  /** What others than the controllers and the file system serve. */
  public static final Set<Served> SERVED =
      Set.of(
          Served.TCP_FLOWS,
          Served.TCP_SOCKETS,
          Served.TCP_RELAY,
          Served.PROC_CGROUPS,
          Served.PROC_MOUNTS,
          Served.PROC_MOUNTINFO,
          Served.PROC_CGROUP);

  private ServedStandIns() {}

  /** The files of a mount in which everything is served. */
  public static FileSources of(CgroupTree tree) {
    Map<Served, ServedFile> all = new EnumMap<>(Served.class);
    SERVED.forEach(which -> all.put(which, new Empty()));
    all.put(Served.TCP_SOCKETS, new NoSockets());
    return ControlFiles.of(tree, all);
  }

  private static class Empty implements ServedFile {
    @Override
    public String read(Cgroup group, Caller caller) {
      return "";
    }

    @Override
    public void write(Cgroup group, Writer writer, String text) {}
  }

  /** As the traffic says it of a group without any. */
  private static final class NoSockets extends Empty {
    @Override
    public Figures figures() {
      return (group, row) -> {
        row.set(Column.SOCKETS, 0);
        row.set(Column.WINDOW, 0);
      };
    }
  }
}
