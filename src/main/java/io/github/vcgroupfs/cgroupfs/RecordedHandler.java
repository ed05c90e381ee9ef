package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.KernelText;
import io.github.vcgroupfs.memcg.MemCgroup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that a fixture has and no kernel of ours, some vendor's: it shows what was recorded, takes
 * whatever is written and shows that from then on. Thread-safe.
 */
final class RecordedHandler implements Handler {
  private final Map<MemCgroup, String> texts = new ConcurrentHashMap<>();

  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public WriteShape writeShape() {
    return WriteShape.STRING;
  }

  @Override
  public String read(Target target) {
    return texts.getOrDefault(target.group(), "");
  }

  @Override
  public void write(Target target, byte[] written) {
    texts.put(target.group(), KernelText.strip(KernelText.of(written)) + "\n");
  }

  /** Forgets a group that goes. */
  void removed(MemCgroup group) {
    texts.remove(group);
  }

  @Override
  public Restoring restoring() {
    return Restoring.FLAGS;
  }

  @Override
  public void restore(Target target, String recorded) {
    texts.put(target.group(), recorded);
  }
}
