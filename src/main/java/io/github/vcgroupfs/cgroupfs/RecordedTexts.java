package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.memcg.MemCgroup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The texts of files: what the model says, or, where a fixture brought something that the model
 * does not know, that, until the file is written. Thread-safe.
 */
final class RecordedTexts {
  private final Map<MemCgroup, Map<ControlFile, String>> recorded = new ConcurrentHashMap<>();

  /** What a reader gets, one char a byte. */
  String text(VisibleFile file, Target target) throws ErrnoException {
    String known = find(file, target.group());
    Handler handler = file.row().handler();
    return known == null ? handler.read(target) : handler.showRecorded(known, target);
  }

  /** How long that is, in bytes. */
  int sizeBytes(VisibleFile file, Target target) throws ErrnoException {
    return find(file, target.group()) == null
        ? file.row().handler().sizeBytes(target)
        : text(file, target).length();
  }

  /** Shows a text from now on. */
  void put(VisibleFile file, MemCgroup group, String text) {
    recorded.computeIfAbsent(group, any -> new ConcurrentHashMap<>()).put(file.row(), text);
  }

  /** Somebody has written to it: the model counts. */
  void written(VisibleFile file, MemCgroup group) {
    Map<ControlFile, String> texts = recorded.isEmpty() ? null : recorded.get(group);
    if (texts != null) {
      texts.remove(file.row());
    }
  }

  /** Forgets a group that goes. */
  void removed(MemCgroup group) {
    recorded.remove(group);
  }

  private @Nullable String find(VisibleFile file, MemCgroup group) {
    Map<ControlFile, String> texts = recorded.isEmpty() ? null : recorded.get(group);
    return texts == null ? null : texts.get(file.row());
  }
}
