package io.github.vcgroupfs.memcg;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.Pages;
import io.github.vcgroupfs.memcg.counter.PageCounter;

/**
 * The memory that a group itself takes. Later kernels charge it to the group above ({@code
 * mem_cgroup_css_alloc}). So a group with children is never quite empty, and mkdir fails if there
 * is no room. Objects are counted in bytes and charged in whole pages. Has no state; runs under the
 * hierarchy's lock.
 */
final class GroupStructures {
  private GroupStructures() {}

  /**
   * Charges one group more.
   *
   * @throws ErrnoException ENOMEM if a limit has no room for it
   */
  static void charge(MemCgroup parent) throws ErrnoException {
    long nrPages = resize(parent, bytesEach(parent));
    if (nrPages == 0) {
      return;
    }
    PageCounter refused = parent.kmem().tryCharge(nrPages);
    if (refused != null) {
      resize(parent, -bytesEach(parent));
      throw new ErrnoException(
          Errno.ENOMEM,
          "a new group's own structures take %d bytes of %s, whose limit has no room: raise it"
              .formatted(bytesEach(parent), parent.path()));
    }
  }

  /** Gives back what one group took. */
  static void uncharge(MemCgroup parent) {
    parent.kmem().uncharge(-resize(parent, -bytesEach(parent)));
  }

  /** Changes the count of bytes; returns the pages that are now more, or fewer. */
  private static long resize(MemCgroup parent, long bytes) {
    long before = parent.structureBytes();
    parent.setStructureBytes(before + bytes);
    return Pages.ofBytesUp(before + bytes) - Pages.ofBytesUp(before);
  }

  /** The root's own memory is not counted. */
  private static long bytesEach(MemCgroup parent) {
    return parent.isRoot() ? 0 : parent.profile().memory().groupBytes();
  }
}
