package io.github.vcgroupfs.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Syscalls;
import io.github.vcgroupfs.testing.TestProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The file system as users have it: a daemon of its own behind a mount, and every call a system
 * call of this process.
 */
final class RealMount implements CgroupMount {
  private static final int READ_BYTES = 4096;
  private static final long NS_PER_SECOND = 1_000_000_000L;

  private final MountedFs mounted;
  private final TestProcesses processes = new TestProcesses();

  RealMount(Options options) {
    List<String> arguments = new ArrayList<>(List.of("--profile", options.profile()));
    if (options.strict()) {
      arguments.add("--strict");
    }
    if (options.accountingAlways()) {
      arguments.addAll(List.of("--accounting", "always"));
    }
    try {
      mounted = MountedFs.start(arguments.toArray(new String[0]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public Cgroup root() {
    return new Group(mounted.root(), "");
  }

  /** A directory of any cgroup file system, the kernel's too. */
  static Cgroup directory(Path top) {
    return new Group(top, "");
  }

  @Override
  public int startProcess() {
    return processes.start();
  }

  @Override
  public void endProcess(int pid) {
    processes.end(pid);
  }

  /** Ends the processes that were started here. */
  void endProcesses() {
    processes.endAll();
  }

  /** Fails if the daemon has logged an error: refusals are none. */
  void assertNoDefectIsLogged() {
    try {
      String log = mounted.log();
      if (log.contains("ERROR") || log.contains("SEVERE")) {
        throw new AssertionError("the daemon logged a defect:\n" + log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    endProcesses();
    try (mounted) {
      assertNoDefectIsLogged();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AssertionError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted", e);
  }

  /** The result of a system call, or its errno. */
  private static int check(String call, int result) throws ErrnoException {
    if (result < 0) {
      throw new ErrnoException(Errno.ofNumber(-result).orElseThrow(), call);
    }
    return result;
  }

  private static final class Group implements Cgroup {
    private final Path top;

    /** From the root, without a leading slash; empty for the root. One char a byte. */
    private final String path;

    Group(Path top, String path) {
      this.top = top;
      this.path = path;
    }

    private String at(String name) {
      String group = top + (path.isEmpty() ? "" : "/" + path);
      return name.equals(".") ? group : group + "/" + name;
    }

    private Path pathOf(String name) {
      return Path.of(new String(at(name).getBytes(ISO_8859_1), UTF_8));
    }

    @Override
    public String path() {
      return "/" + path;
    }

    @Override
    public Cgroup child(String name) {
      return new Group(top, path.isEmpty() ? name : path + "/" + name);
    }

    @Override
    public void mkdir(String name, int mode) throws ErrnoException {
      check("mkdir", Syscalls.mkdir(at(name)));
      check("chmod", Syscalls.chmod(pathOf(name), mode)); // whatever the umask here is
    }

    @Override
    public void rmdir(String name) throws ErrnoException {
      check("rmdir", Syscalls.rmdir(at(name)));
    }

    @Override
    public void unlink(String name) throws ErrnoException {
      check("unlink", Syscalls.unlink(pathOf(name)));
    }

    @Override
    public void rename(String from, String to) throws ErrnoException {
      check("rename", Syscalls.rename(pathOf(from), pathOf(to)));
    }

    @Override
    public List<String> list() {
      return Syscalls.list(pathOf(".")).stream()
          .map(Syscalls.Entry::name)
          .filter(name -> !name.equals(".") && !name.equals(".."))
          .toList();
    }

    @Override
    public Stat stat(String name) throws ErrnoException {
      check("stat", Syscalls.exists(at(name)));
      try {
        Map<String, Object> a =
            Files.readAttributes(pathOf(name), "unix:*", LinkOption.NOFOLLOW_LINKS);
        return new Stat(
            ((Number) a.get("ino")).longValue(),
            (Boolean) a.get("isDirectory"),
            ((Number) a.get("mode")).intValue() & 07777,
            ((Number) a.get("nlink")).intValue(),
            ((Number) a.get("size")).longValue(),
            ((Number) a.get("uid")).intValue(),
            ((Number) a.get("gid")).intValue(),
            ((FileTime) a.get("lastAccessTime")).to(TimeUnit.NANOSECONDS),
            ((FileTime) a.get("lastModifiedTime")).to(TimeUnit.NANOSECONDS));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String read(String file) throws ErrnoException {
      StringBuilder text = new StringBuilder();
      try (OpenControlFile open = open(file, Syscalls.O_RDONLY)) {
        String part = open.read(0, READ_BYTES);
        while (!part.isEmpty()) {
          text.append(part);
          part = open.read(text.length(), READ_BYTES);
        }
      }
      return text.toString();
    }

    @Override
    public void write(String file, byte[] bytes) throws ErrnoException {
      try (OpenControlFile open = open(file, Syscalls.O_WRONLY | Syscalls.O_TRUNC)) {
        int taken = open.write(new String(bytes, ISO_8859_1));
        if (taken != bytes.length) {
          throw new AssertionError("%d of %d bytes taken".formatted(taken, bytes.length));
        }
      }
    }

    @Override
    public OpenControlFile open(String file) throws ErrnoException {
      return open(file, Syscalls.O_RDWR);
    }

    private OpenControlFile open(String file, int flags) throws ErrnoException {
      int fd = check("open", Syscalls.open(at(file), flags));
      return new OpenControlFile() {
        @Override
        public String read(long offset, int sizeBytes) throws ErrnoException {
          byte[] to = new byte[sizeBytes];
          int count = check("pread", Syscalls.pread(fd, to, offset));
          return new String(to, 0, count, ISO_8859_1);
        }

        @Override
        public int write(String text) throws ErrnoException {
          return check("write", Syscalls.write(fd, text));
        }

        @Override
        public void close() {
          Syscalls.close(fd);
        }
      };
    }

    @Override
    public void chmod(String name, int mode) throws ErrnoException {
      check("chmod", Syscalls.chmod(pathOf(name), mode));
    }

    @Override
    public void chown(String name, int uid, int gid) throws ErrnoException {
      check("chown", Syscalls.chown(pathOf(name), uid, gid));
    }

    @Override
    public void setTimes(String name, long atimeNs, long mtimeNs) throws ErrnoException {
      check(
          "utimensat",
          Syscalls.utimens(
              pathOf(name),
              atimeNs / NS_PER_SECOND,
              atimeNs % NS_PER_SECOND,
              mtimeNs / NS_PER_SECOND,
              mtimeNs % NS_PER_SECOND));
    }

    @Override
    public void setXattr(String name, String attribute, byte[] value) throws ErrnoException {
      check(
          "setxattr", Syscalls.setxattr(pathOf(name), attribute, new String(value, ISO_8859_1), 0));
    }

    @Override
    public byte[] getXattr(String name, String attribute) throws ErrnoException {
      byte[] to = new byte[1 << 16];
      return Arrays.copyOf(to, check("getxattr", Syscalls.getxattr(pathOf(name), attribute, to)));
    }

    @Override
    public List<String> listXattr(String name) throws ErrnoException {
      byte[] to = new byte[1 << 16];
      int length = check("listxattr", Syscalls.listxattr(pathOf(name), to));
      String joined = new String(to, 0, length, ISO_8859_1);
      return joined.isEmpty() ? List.of() : List.of(joined.split("\0", 0));
    }

    @Override
    public void removeXattr(String name, String attribute) throws ErrnoException {
      check("removexattr", Syscalls.removexattr(pathOf(name), attribute));
    }
  }
}
