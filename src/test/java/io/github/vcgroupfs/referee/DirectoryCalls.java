package io.github.vcgroupfs.referee;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Syscalls;
import io.github.vcgroupfs.testing.TestProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** System calls on directories: a mount of ours, or the kernel's own hierarchy. */
final class DirectoryCalls implements Calls {
  private static final int POLLIN = 0x1;
  private static final int POLLPRI = 0x2;
  private static final int POLLOUT = 0x4;
  private static final int SEEK_SET = 0;
  private static final int SEEK_END = 2;
  private static final int PAGE_BYTES = 4096;
  private static final int PERMISSIONS = 07777;
  private static final int DIRECTORY_MODE = 0755;
  private static final int XATTR_BYTES = 1 << 16;
  private static final int SIGNAL_ATTEMPTS = 50;
  private static final int PAUSE_MS = 10;
  private static final int EVENTFD_BYTES = 8;
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  private final TestProcesses processes = new TestProcesses();

  @Override
  public int open(String path, int flags) throws Refused {
    return Refused.unless(Syscalls.open(path, flags));
  }

  @Override
  public void close(int fd) {
    Syscalls.close(fd);
  }

  @Override
  public String read(int fd, int sizeBytes) throws Refused {
    byte[] to = new byte[sizeBytes];
    return new String(to, 0, Refused.unless(Syscalls.read(fd, to)), ISO_8859_1);
  }

  @Override
  public String pread(int fd, int sizeBytes, long offset) throws Refused {
    byte[] to = new byte[sizeBytes];
    return new String(to, 0, Refused.unless(Syscalls.pread(fd, to, offset)), ISO_8859_1);
  }

  @Override
  public int write(int fd, String text) throws Refused {
    return Refused.unless(Syscalls.write(fd, text));
  }

  @Override
  public int pwrite(int fd, String text, long offset) throws Refused {
    return Refused.unless(Syscalls.pwrite(fd, text, offset));
  }

  @Override
  public int writev(int fd, List<String> segments) throws Refused {
    return Refused.unless(Syscalls.writev(fd, segments));
  }

  @Override
  public void rewind(int fd) throws Refused {
    Refused.unless((int) Syscalls.lseek(fd, 0, SEEK_SET));
  }

  @Override
  public int seekEnd(int fd) throws Refused {
    return Refused.unless((int) Syscalls.lseek(fd, 0, SEEK_END));
  }

  @Override
  public void fsync(int fd) throws Refused {
    Refused.unless(Syscalls.fsync(fd));
  }

  @Override
  public void fallocate(int fd) throws Refused {
    Refused.unless(Syscalls.posixFallocate(fd, PAGE_BYTES));
  }

  @Override
  public int poll(int fd) {
    return Syscalls.poll(fd, POLLIN | POLLPRI | POLLOUT);
  }

  @Override
  public void mkdir(String path) throws Refused {
    Refused.unless(Syscalls.mkdir(path));
    chmod(path, DIRECTORY_MODE); // whatever the umask here is
  }

  @Override
  public void rmdir(String path) throws Refused {
    Refused.unless(Syscalls.rmdir(path));
  }

  @Override
  public void rename(String from, String to) throws Refused {
    Refused.unless(Syscalls.rename(from, to));
  }

  @Override
  public void renameWithFlags(String from, String to, int flags) throws Refused {
    Refused.unless(Syscalls.renameWithFlags(from, to, flags));
  }

  @Override
  public void unlink(String path) throws Refused {
    Refused.unless(Syscalls.unlink(path));
  }

  @Override
  public void symlink(String target, String path) throws Refused {
    Refused.unless(Syscalls.symlink(target, path));
  }

  @Override
  public void link(String from, String to) throws Refused {
    Refused.unless(Syscalls.link(from, to));
  }

  @Override
  public void mknod(String path) throws Refused {
    Refused.unless(Syscalls.mknod(path, Syscalls.S_IFREG | 0644));
  }

  @Override
  public void truncate(String path, long sizeBytes) throws Refused {
    Refused.unless(Syscalls.truncate(path, sizeBytes));
  }

  @Override
  public void chmod(String path, int mode) throws Refused {
    Refused.unless(Syscalls.chmod(path, mode));
  }

  @Override
  public void chown(String path, int uid, int gid) throws Refused {
    Refused.unless(Syscalls.chown(path, uid, gid));
  }

  @Override
  public void setTimes(String path, long atimeSeconds, long mtimeSeconds) throws Refused {
    Refused.unless(Syscalls.utimens(path, atimeSeconds, 0, mtimeSeconds, 0));
  }

  /** A shell that has given up root asks with {@code test}. */
  @Override
  public boolean mayAccess(String path, String want, int uid) {
    if (!Files.isExecutable(SETPRIV)) {
      throw new Unseen("what another user may do is asked through setpriv, which is missing");
    }
    String id = Integer.toString(uid);
    List<String> command = new ArrayList<>(List.of(SETPRIV.toString()));
    command.addAll(List.of("--reuid", id, "--regid", id, "--clear-groups", "test"));
    for (int i = 0; i < want.length(); i++) {
      command.addAll(i == 0 ? List.of() : List.of("-a"));
      command.addAll(List.of("-" + want.charAt(i), path));
    }
    try {
      Program.Ended ended = Program.runToEnd(command);
      if (ended.status() > 1) {
        throw new IllegalStateException(command + " said: " + ended.err());
      }
      return ended.status() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public List<String> list(String path) throws Refused {
    close(open(path, Syscalls.O_RDONLY)); // for its errno
    return Syscalls.list(path).stream()
        .map(Syscalls.Entry::name)
        .filter(name -> !name.equals(".") && !name.equals(".."))
        .toList();
  }

  @Override
  public Status stat(String path) throws Refused {
    Syscalls.Status status = Syscalls.stat(path);
    int mode = Refused.unless(status.mode());
    return new Status(
        (mode & Syscalls.S_IFMT) == Syscalls.S_IFDIR,
        mode & PERMISSIONS,
        status.nlink(),
        status.sizeBytes(),
        status.uid(),
        status.gid());
  }

  @Override
  public String getxattr(String path, String name) throws Refused {
    byte[] to = new byte[XATTR_BYTES];
    int length = Refused.unless(Syscalls.getxattr(path, name, to));
    return new String(Arrays.copyOf(to, length), ISO_8859_1);
  }

  @Override
  public void setxattr(String path, String name, String value) throws Refused {
    Refused.unless(Syscalls.setxattr(path, name, value, 0));
  }

  @Override
  public int openat(int directory, String name) throws Refused {
    return Refused.unless(Syscalls.openat(directory, name));
  }

  @Override
  public void mkdirat(int directory, String name) throws Refused {
    Refused.unless(Syscalls.mkdirat(directory, name));
  }

  @Override
  public int startProcess() {
    return processes.start();
  }

  @Override
  public void endProcess(int pid) {
    processes.end(pid);
  }

  @Override
  public int eventfd() {
    return Syscalls.eventfd();
  }

  @Override
  public boolean fires(int eventfd) {
    for (int i = 0; i < SIGNAL_ATTEMPTS; i++) {
      if (Syscalls.tryRead(eventfd, EVENTFD_BYTES) == EVENTFD_BYTES) {
        return true;
      }
      pause();
    }
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
