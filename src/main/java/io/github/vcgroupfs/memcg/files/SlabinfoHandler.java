package io.github.vcgroupfs.memcg.files;

import io.github.vcgroupfs.cgroupfs.file.FileTarget;
import io.github.vcgroupfs.cgroupfs.file.Handler;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.SlabinfoRule;

/** {@code memory.kmem.slabinfo}: there are no slab caches here, at most their header. Stateless. */
final class SlabinfoHandler implements Handler {
  /** {@code mm/slab_common.c print_slabinfo_header}. */
  private static final String HEADER =
      "slabinfo - version: 2.1\n"
          + "# name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab>"
          + " : tunables <limit> <batchcount> <sharedfactor>"
          + " : slabdata <active_slabs> <num_slabs> <sharedavail>\n";

  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public int sizeBytes(FileTarget target) {
    return isInactive(target) ? 0 : text(target).length();
  }

  @Override
  public String read(FileTarget target) throws ErrnoException {
    if (isInactive(target)) {
      throw new ErrnoException(
          Errno.EIO,
          "kernel accounting of this group is not active: write memory.kmem.limit_in_bytes");
    }
    return text(target);
  }

  private static boolean isInactive(FileTarget target) {
    return rule(target) == SlabinfoRule.HEADER_ONCE_ACTIVE
        && !MemoryTarget.group(target).isKmemActive();
  }

  private static String text(FileTarget target) {
    return switch (rule(target)) {
      case HEADER, HEADER_ONCE_ACTIVE -> HEADER;
      case EMPTY -> "";
    };
  }

  private static SlabinfoRule rule(FileTarget target) {
    return target.tree().profile().files().slabinfo();
  }
}
