package io.github.vcgroupfs.fuse;

import io.github.vcgroupfs.cgroupfs.DirectoryEntry;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What open directories list. The list of a directory is made when it is read from its beginning,
 * and stays as it is until it is read from there again, so that nobody gets an entry twice or never
 * while groups come and go.
 *
 * <p>An entry's offset is its place in the list. libfuse could keep the lists itself, with offsets
 * that count bytes; but then a program that seeks to an offset which no entry has makes the kernel
 * read from the middle of an entry, which is EIO. Thread-safe.
 */
final class Listings {
  private final ConcurrentMap<Long, List<DirectoryEntry>> lists = new ConcurrentHashMap<>();

  /** Makes the list of an open directory. */
  interface Source {
    List<DirectoryEntry> entries() throws ErrnoException;
  }

  /** Takes entries, as long as it has room. */
  interface Filler {
    /**
     * The next entry.
     *
     * @param next the offset behind it
     * @return whether there was room for it
     */
    boolean take(DirectoryEntry entry, long next);
  }

  /**
   * Gives libfuse the entries from an offset on, as many as it has room for.
   *
   * @return 0
   * @throws ErrnoException of the source
   */
  int fill(long handle, long offset, Filler filler, Source source) throws ErrnoException {
    List<DirectoryEntry> list = offset == 0 ? null : lists.get(handle);
    if (list == null) {
      list = source.entries();
      lists.put(handle, list);
    }
    for (long at = Math.max(0, offset); at < list.size(); at++) {
      if (!filler.take(list.get((int) at), at + 1)) {
        return 0; // it is asked for again
      }
    }
    return 0;
  }

  /** Forgets the list of a directory that is closed. */
  void forget(long handle) {
    lists.remove(handle);
  }
}
