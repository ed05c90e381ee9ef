package io.github.vcgroupfs.cgroupfs.restore;

import io.github.vcgroupfs.cgroup.Cgroup;
import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.Restorable;
import io.github.vcgroupfs.cgroupfs.file.VisibleFile;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The texts of files in a restored mount. A file shows the text of the model. If a fixture brought
 * a text that the model does not know, the file shows that text until it is written. Thread-safe.
 */
public final class RecordedTexts {
  private final Map<Cgroup, Map<ControlFile, String>> recorded = new ConcurrentHashMap<>();

  /** What a reader gets, one char for each byte. */
  public String text(VisibleFile file, FileTarget target) throws ErrnoException {
    String known = find(file, target.group());
    Handler handler = file.handler();
    if (known == null) {
      return handler.read(target);
    }
    return handler instanceof Restorable restorable
        ? restorable.showRecorded(known, target)
        : known;
  }

  /** The length of the text that a reader gets, in bytes. */
  public int sizeBytes(VisibleFile file, FileTarget target) throws ErrnoException {
    return find(file, target.group()) == null
        ? file.handler().sizeBytes(target)
        : text(file, target).length();
  }

  /** Shows a text from now on. */
  void put(VisibleFile file, Cgroup group, String text) {
    recorded.computeIfAbsent(group, any -> new ConcurrentHashMap<>()).put(file.row(), text);
  }

  /** Records that somebody has written to the file: from now on it shows the text of the model. */
  public void written(VisibleFile file, Cgroup group) {
    Map<ControlFile, String> texts = recorded.isEmpty() ? null : recorded.get(group);
    if (texts != null) {
      texts.remove(file.row());
    }
  }

  /** Forgets a group that was removed. */
  public void removed(Cgroup group) {
    recorded.remove(group);
  }

  /** The text that was recorded, if it is what a reader gets; else null: the model has its own. */
  public @Nullable String find(VisibleFile file, Cgroup group) {
    Map<ControlFile, String> texts = recorded.isEmpty() ? null : recorded.get(group);
    return texts == null ? null : texts.get(file.row());
  }
}
