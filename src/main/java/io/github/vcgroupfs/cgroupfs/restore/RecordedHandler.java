package io.github.vcgroupfs.cgroupfs.restore;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Restorable;
import io.github.vcgroupfs.cgroupfs.file.Restoring;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.KernelText;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * For a file that a fixture has and that no kernel profile has, for example one of a vendor. It
 * shows the recorded text. A write is accepted, and its text is shown from then on. Unlike other
 * handlers this one belongs to one mount and keeps the texts itself. Thread-safe.
 */
final class RecordedHandler implements Restorable {
  private final Map<Cgroup, String> texts = new ConcurrentHashMap<>();

  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.STRING;
  }

  @Override
  public String read(FileTarget target) {
    return texts.getOrDefault(target.group(), "");
  }

  @Override
  public void write(FileTarget target, byte[] written) {
    texts.put(target.group(), KernelText.strip(KernelText.of(written)) + "\n");
  }

  /** Forgets a group that was removed. */
  void removed(Cgroup group) {
    texts.remove(group);
  }

  @Override
  public Restoring restoring() {
    return Restoring.FLAGS;
  }

  @Override
  public void restore(FileTarget target, String recorded) {
    texts.put(target.group(), recorded);
  }
}
