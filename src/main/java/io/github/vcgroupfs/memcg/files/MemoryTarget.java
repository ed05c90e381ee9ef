package io.github.vcgroupfs.memcg.files;

import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryController;

/** Finds the memory group and the memory controller that a handler is called for. Has no state. */
final class MemoryTarget {
  private MemoryTarget() {}

  /** What the controller keeps of the group whose file it is. */
  static MemCgroup group(FileTarget target) {
    return MemCgroup.of(target.group());
  }

  /** The controller in the hierarchy of that file. */
  static MemoryController memory(FileTarget target) {
    return target.tree().controller(MemoryController.class);
  }
}
