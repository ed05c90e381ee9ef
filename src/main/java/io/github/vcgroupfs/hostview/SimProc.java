package io.github.vcgroupfs.hostview;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.kernel.Caller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folder {@code sim.proc/}. Its files show what {@code /proc} would show to the reader if this
 * mount were the kernel's memory hierarchy. A container can mount them over its own. Thread-safe:
 * holds nothing that changes.
 */
public final class SimProc {
  /** Where tools look for it, and where {@code run} and containers put it. */
  private static final String USUAL_PLACE = "/sys/fs/cgroup/memory";

  private final CgroupTree tree;

  public SimProc(CgroupTree tree) {
    this.tree = tree;
  }

  /** The files of the folder. */
  public Map<Served, ServedFile> files() {
    return Map.of(
        Served.PROC_CGROUPS,
        (group, caller) ->
            ProcTexts.cgroups(read(Path.of("/proc/cgroups")), real(caller, "mounts")),
        Served.PROC_MOUNTS,
        (group, caller) -> ProcTexts.mounts(real(caller, "mounts"), USUAL_PLACE),
        Served.PROC_MOUNTINFO,
        (group, caller) -> ProcTexts.mountinfo(real(caller, "mountinfo"), USUAL_PLACE),
        Served.PROC_CGROUP,
        (group, caller) -> ProcTexts.cgroup(real(caller, "cgroup"), groupOf(caller.tid())));
  }

  /** The true text of the process that reads; of this one, if that one cannot be seen. */
  private static String real(Caller caller, String name) {
    String reader = caller.tid() == 0 ? "self" : Integer.toString(caller.tid());
    return read(Path.of("/proc", reader, name));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException goneOrForbidden) {
      return "";
    }
  }

  private String groupOf(int tid) {
    Cgroup found = tree.membership().groupOf(tree.root(), tid);
    return found == null ? "/" : found.path();
  }
}
