package io.github.vcgroupfs.cgroupfs.fault;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.file.FileTable;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.cgroupfs.file.Writer;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.rights.Rights;

/**
 * The file {@code sim.fault}: reading lists the calls that are made to fail, writing changes them.
 * Has no state.
 */
public final class FaultFile implements ServedFile {
  private final Faults faults;
  private final FileTable table;

  /**
   * Makes the file.
   *
   * @param faults holds the rules
   * @param table the files that rules can name
   */
  public FaultFile(Faults faults, FileTable table) {
    this.faults = faults;
    this.table = table;
  }

  @Override
  public String read(Cgroup group, Caller caller) {
    return faults.text(group);
  }

  @Override
  public void write(Cgroup group, Writer writer, String text) throws ErrnoException {
    Rights rights = writer.sharing().rights();
    FaultLines.Parsed lines = FaultLines.parse(text, table, group.isRoot());
    if (lines.rules().stream().anyMatch(rule -> rule.effect().delayMs() > 0)) {
      rights.requireUserTraffic(writer.caller(), "delay= in sim.fault");
    }
    int uid = writer.caller().uid();
    faults.apply(
        group,
        rights.reachesOthers(writer.caller()) ? lines : lines.ofUser(uid),
        writer.caller(),
        writer.sharing().quotas());
  }
}
