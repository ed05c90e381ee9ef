package io.github.vcgroupfs.memcg.files;

import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Restorable;
import io.github.vcgroupfs.cgroupfs.file.Restoring;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.HashMap;
import java.util.Map;

/**
 * For {@code memory.stat}: a line for each statistic, {@code mem_control_stat_show}. Has no state.
 */
final class StatHandler implements Restorable {
  private static final String LIMIT = "hierarchical_";

  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public String read(FileTarget target) {
    return Reports.stat(target);
  }

  /** Pages have no model behind them. */
  @Override
  public Restoring restoring() {
    return Restoring.NEVER;
  }

  /** Pages are as recorded; the limits that apply are those of now, for readers rely on them. */
  @Override
  public String showRecorded(String recorded, FileTarget target) throws ErrnoException {
    Map<String, String> limits = new HashMap<>();
    read(target)
        .lines()
        .filter(line -> line.startsWith(LIMIT))
        .forEach(line -> limits.put(key(line), line));
    StringBuilder text = new StringBuilder(recorded.length());
    recorded
        .lines()
        .forEach(line -> text.append(limits.getOrDefault(key(line), line)).append('\n'));
    return text.toString();
  }

  private static String key(String line) {
    int blank = line.indexOf(' ');
    return blank < 0 ? line : line.substring(0, blank);
  }
}
