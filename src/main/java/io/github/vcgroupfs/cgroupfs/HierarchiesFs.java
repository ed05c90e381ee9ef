package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.cgroupfs.inode.Attributes;
import io.github.vcgroupfs.cgroupfs.inode.FileType;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Several hierarchies in one mount, as distributions lay them out below {@code /sys/fs/cgroup}.
 * Each hierarchy is a directory in the root, named after its controllers ({@code cpu,cpuacct}). If
 * it has several controllers, the name of each one is a symbolic link to that directory. The root
 * itself is like a file system that is mounted read-only: nothing in it can be made, removed or
 * changed.
 *
 * <p>The hierarchies do not know each other. Each call is passed on to the one that its path or
 * handle names. Thread-safe: it holds nothing that changes.
 */
public final class HierarchiesFs implements FileCalls {
  private static final int ROOT_MODE = 0555;
  private static final int LINK_MODE = 0777;

  /** Inode numbers of the root and, after it, of the links: no group's are so low. */
  private static final long ROOT_INO = 1;

  /** Of the root itself, which keeps nothing of who has it open; the others are not negative. */
  private static final long ROOT_HANDLE = -1;

  private final List<Hierarchy> hierarchies;
  private final Map<String, Hierarchy> directories = new LinkedHashMap<>();
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final Caller owner;
  private final Attributes.Times born;

  /**
   * A mount of several hierarchies.
   *
   * @param hierarchies each with the name of its directory and the links to it
   * @param owner the owner of the root directory
   */
  public HierarchiesFs(List<Hierarchy> hierarchies, Caller owner) {
    this.hierarchies = List.copyOf(hierarchies);
    this.owner = owner;
    for (Hierarchy each : hierarchies) {
      directories.put(each.name(), each);
      for (String name : each.links()) {
        links.put(name, new Link(ROOT_INO + 1 + links.size(), each.name()));
      }
    }
    long nowNs = nowNs();
    this.born = new Attributes.Times(nowNs, nowNs, nowNs);
  }

  /**
   * One of the hierarchies.
   *
   * @param name the name of its directory
   * @param links other names that lead to the directory
   * @param files its groups and files; no two hierarchies use the same inode number
   */
  public record Hierarchy(String name, List<String> links, CgroupFs files) {
    /** Copies the list. */
    public Hierarchy {
      links = List.copyOf(links);
    }
  }

  private record Link(long ino, String to) {}

  /** What a path leads to: a hierarchy, and the path in it. */
  private record Place(Hierarchy hierarchy, String path) {
    CgroupFs files() {
      return hierarchy.files();
    }

    boolean isTop() {
      return path.length() == 1;
    }
  }

  /**
   * The place that a path leads to. Null for the root, and for a name in it that is not a
   * hierarchy.
   */
  private @Nullable Place place(String path) {
    int slash = path.indexOf('/', 1);
    Hierarchy named = directories.get(path.substring(1, slash < 0 ? path.length() : slash));
    return named == null ? null : new Place(named, slash < 0 ? "/" : path.substring(slash));
  }

  /** The place that a path leads to, for calls that only look. */
  private Place look(String path) throws ErrnoException {
    Place place = place(path);
    if (place == null) {
      throw new ErrnoException(
          Errno.ENOENT,
          "there is no %s: the hierarchies of this mount are %s"
              .formatted(path, String.join(" ", directories.keySet())));
    }
    return place;
  }

  /** The place that a path leads to, for calls that change something. */
  private Place change(String path) throws ErrnoException {
    Place place = place(path);
    if (place == null) {
      throw readOnly();
    }
    return place;
  }

  private static ErrnoException readOnly() {
    return new ErrnoException(
        Errno.EROFS,
        "the top of this mount holds its hierarchies and nothing else: make groups in one of them");
  }

  /**
   * Makes one handle from a hierarchy and a handle in it: the remainder is the hierarchy's index.
   */
  private long handle(Place place, long inner) {
    return inner * hierarchies.size() + hierarchies.indexOf(place.hierarchy());
  }

  private CgroupFs files(long handle) {
    return hierarchies.get((int) (handle % hierarchies.size())).files();
  }

  private long inner(long handle) {
    return handle / hierarchies.size();
  }

  @Override
  public Attributes getattr(Supplier<Caller> caller, String path) throws ErrnoException {
    if (path.length() == 1) {
      return own(ROOT_INO, FileType.DIRECTORY, ROOT_MODE, 2 + directories.size(), 0);
    }
    Link link = links.get(path.substring(1));
    if (link != null) {
      return own(link.ino(), FileType.LINK, LINK_MODE, 1, link.to().length());
    }
    Place place = look(path);
    return place.files().getattr(caller, place.path());
  }

  private Attributes own(long ino, FileType type, int mode, int nlink, long sizeBytes) {
    return new Attributes(ino, type, mode, nlink, sizeBytes, owner.uid(), owner.gid(), born);
  }

  @Override
  public Attributes fgetattr(Supplier<Caller> caller, long handle) throws ErrnoException {
    return files(handle).fgetattr(caller, inner(handle));
  }

  @Override
  public String readlink(String path) throws ErrnoException {
    Link link = links.get(path.substring(1));
    if (link == null) {
      throw new ErrnoException(Errno.EINVAL, path + " is no symbolic link: open it");
    }
    return link.to();
  }

  @Override
  public long opendir(Caller caller, String path) throws ErrnoException {
    if (path.length() == 1) {
      return ROOT_HANDLE;
    }
    Place place = look(path);
    return handle(place, place.files().opendir(caller, place.path()));
  }

  @Override
  public List<DirectoryEntry> readdir(long handle) throws ErrnoException {
    if (handle != ROOT_HANDLE) {
      return files(handle).readdir(inner(handle));
    }
    List<DirectoryEntry> entries = new ArrayList<>();
    for (Hierarchy each : hierarchies) {
      long ino = each.files().getattr(Caller.SELF, "/").ino();
      entries.add(new DirectoryEntry(each.name(), ino, FileType.DIRECTORY));
    }
    links.forEach((name, link) -> entries.add(new DirectoryEntry(name, link.ino(), FileType.LINK)));
    return entries;
  }

  @Override
  public List<DirectoryEntry> dots(long handle) throws ErrnoException {
    if (handle != ROOT_HANDLE) {
      return files(handle).dots(inner(handle));
    }
    return List.of(
        new DirectoryEntry(".", ROOT_INO, FileType.DIRECTORY),
        new DirectoryEntry("..", ROOT_INO, FileType.DIRECTORY));
  }

  @Override
  public void releasedir(long handle) {
    if (handle != ROOT_HANDLE) {
      files(handle).releasedir(inner(handle));
    }
  }

  @Override
  public long open(Caller caller, String path, OpenFlags flags) throws ErrnoException {
    Place place = look(path);
    return handle(place, place.files().open(caller, place.path(), flags));
  }

  @Override
  public byte[] read(Caller caller, long handle, long offset, int sizeBytes) throws ErrnoException {
    return files(handle).read(caller, inner(handle), offset, sizeBytes);
  }

  @Override
  public int write(Caller caller, long handle, byte[] written) throws ErrnoException {
    return files(handle).write(caller, inner(handle), written);
  }

  @Override
  public boolean hasNews(long handle) throws ErrnoException {
    return files(handle).hasNews(inner(handle));
  }

  @Override
  public void llseek(long handle) throws ErrnoException {
    files(handle).llseek(inner(handle));
  }

  @Override
  public void release(long handle) {
    files(handle).release(inner(handle));
  }

  @Override
  public void truncate(Caller caller, String path, long sizeBytes) throws ErrnoException {
    Place place = change(path);
    place.files().truncate(caller, place.path(), sizeBytes);
  }

  @Override
  public void ftruncate(long handle, long sizeBytes) throws ErrnoException {
    files(handle).ftruncate(inner(handle), sizeBytes);
  }

  @Override
  public void fsync(Caller caller, long handle) throws ErrnoException {
    files(handle).fsync(caller, inner(handle));
  }

  @Override
  public void mkdir(Caller caller, String path, int mode) throws ErrnoException {
    Place place = change(path);
    place.files().mkdir(caller, place.path(), mode);
  }

  @Override
  public void rmdir(Caller caller, String path) throws ErrnoException {
    Place place = change(path);
    place.files().rmdir(caller, place.path());
  }

  @Override
  public void rename(Caller caller, String from, String to) throws ErrnoException {
    Place source = change(from);
    Place target = change(to);
    if (source.isTop() || target.isTop()) {
      throw readOnly();
    }
    if (!source.hierarchy().equals(target.hierarchy())) {
      source.files().renameElsewhere(caller, source.path(), to);
    }
    source.files().rename(caller, source.path(), target.path());
  }

  @Override
  public void refuse(Caller caller, FsCall call, String path) throws ErrnoException {
    Place place = change(path);
    place.files().refuse(caller, call, place.path());
  }

  @Override
  public void mknod(Caller caller, String path, boolean regular) throws ErrnoException {
    Place place = change(path);
    place.files().mknod(caller, place.path(), regular);
  }

  @Override
  public void chmod(Caller caller, String path, int mode) throws ErrnoException {
    Place place = change(path);
    place.files().chmod(caller, place.path(), mode);
  }

  @Override
  public void chown(Caller caller, String path, int uid, int gid) throws ErrnoException {
    Place place = change(path);
    place.files().chown(caller, place.path(), uid, gid);
  }

  @Override
  public void utimens(Caller caller, String path, long atimeNs, long mtimeNs)
      throws ErrnoException {
    Place place = change(path);
    place.files().utimens(caller, place.path(), atimeNs, mtimeNs);
  }

  @Override
  public void setxattr(Caller caller, String path, String name, byte[] value, int flags)
      throws ErrnoException {
    Place place = change(path);
    place.files().setxattr(caller, place.path(), name, value, flags);
  }

  @Override
  public byte[] getxattr(Caller caller, String path, String name) throws ErrnoException {
    Place place = place(path);
    if (place == null) {
      throw new ErrnoException(
          Errno.ENODATA, "the top of this mount has no extended attributes: ask a group");
    }
    return place.files().getxattr(caller, place.path(), name);
  }

  @Override
  public List<String> listxattr(Caller caller, String path) throws ErrnoException {
    Place place = place(path);
    return place == null ? List.of() : place.files().listxattr(caller, place.path());
  }

  @Override
  public void removexattr(Caller caller, String path, String name) throws ErrnoException {
    Place place = change(path);
    place.files().removexattr(caller, place.path(), name);
  }

  @Override
  public long nowNs() {
    return hierarchies.get(0).files().nowNs();
  }

  @Override
  public String someFile() {
    return "/" + hierarchies.get(0).name() + hierarchies.get(0).files().someFile();
  }

  @Override
  public boolean interrupt(Thread thread) {
    return hierarchies.stream().anyMatch(each -> each.files().interrupt(thread));
  }

  @Override
  public void abort() {
    hierarchies.forEach(each -> each.files().abort());
  }
}
