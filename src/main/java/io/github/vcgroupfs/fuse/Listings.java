package io.github.vcgroupfs.fuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.cgroupfs.DirectoryEntry;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.Struct;
import ru.serce.jnrfuse.FuseFillDir;
import ru.serce.jnrfuse.struct.FileStat;

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
  private final ThreadLocal<FileStat> stats =
      ThreadLocal.withInitial(() -> new FileStat(Runtime.getSystemRuntime()));

  /** Makes the list of an open directory. */
  interface Source {
    List<DirectoryEntry> entries() throws ErrnoException;
  }

  /**
   * Gives libfuse the entries from an offset on, as many as it has room for.
   *
   * @return 0
   * @throws ErrnoException of the source
   */
  int fill(long handle, long offset, Pointer buffer, FuseFillDir filler, Source source)
      throws ErrnoException {
    List<DirectoryEntry> list = offset == 0 ? null : lists.get(handle);
    if (list == null) {
      list = source.entries();
      lists.put(handle, list);
    }
    FileStat stat = stats.get();
    for (long at = Math.max(0, offset); at < list.size(); at++) {
      DirectoryEntry entry = list.get((int) at);
      stat.st_ino.set(entry.ino());
      stat.st_mode.set(Stats.mode(entry.type())); // becomes d_type
      ByteBuffer name = ByteBuffer.wrap((entry.name() + "\0").getBytes(ISO_8859_1));
      if (filler.apply(buffer, name, Struct.getMemory(stat), at + 1) != 0) {
        return 0; // no room for it: it is asked for again
      }
    }
    return 0;
  }

  /** Forgets the list of a directory that is closed. */
  void forget(long handle) {
    lists.remove(handle);
  }
}
