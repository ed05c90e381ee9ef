package io.github.vcgroupfs.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.nio.VirtualCgroupFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The file system in the JVM, and every call one of {@code java.nio}. What {@link Files} makes of
 * two system calls, {@link SecureDirectoryStream} makes of one: it removes and renames.
 */
final class NioMount implements CgroupMount {
  private static final int READ_BYTES = 4096;
  private static final String USER = "user.";

  private final VirtualCgroupFileSystem fs;

  NioMount(Options options) {
    assumeFalse(options.accountingAlways(), "--accounting always is an option of mounts only");
    try {
      fs =
          VirtualCgroupFileSystem.builder()
              .profile(options.profile())
              .strict(options.strict())
              .wallClock()
              .open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Cgroup root() {
    return new Group("");
  }

  @Override
  public int startProcess() {
    return fs.cgroups().start().pid();
  }

  @Override
  public void endProcess(int pid) {
    fs.cgroups().process(pid).exit();
  }

  @Override
  public void close() {
    fs.close();
  }

  /** A call of {@code java.nio}. */
  @FunctionalInterface
  private interface Call<T> {
    T make() throws IOException;
  }

  private static <T> T ask(Call<T> call) throws ErrnoException {
    try {
      return call.make();
    } catch (IOException e) {
      throw Errnos.of(e);
    }
  }

  private final class Group implements Cgroup {
    /** From the root, without a leading slash; empty for the root. One char a byte. */
    private final String path;

    Group(String path) {
      this.path = path;
    }

    /** A file of the group; no name is cleaned up. */
    private Path at(String name) {
      String below = name.equals(".") ? path : path + "/" + name;
      String text = fs.root() + "/" + below;
      return fs.getPath(new String(text.getBytes(ISO_8859_1), UTF_8));
    }

    /** Where a call is made that names a file from this directory. */
    private <T> T within(String group, InDirectory<T> call) throws ErrnoException {
      return ask(
          () -> {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(at(group))) {
              return call.make((SecureDirectoryStream<Path>) stream);
            }
          });
    }

    private static Path relative(VirtualCgroupFileSystem fs, String name) {
      return fs.getPath(new String(name.getBytes(ISO_8859_1), UTF_8));
    }

    @Override
    public String path() {
      return "/" + path;
    }

    @Override
    public Cgroup child(String name) {
      return new Group(path.isEmpty() ? name : path + "/" + name);
    }

    @Override
    public void mkdir(String name, int mode) throws ErrnoException {
      ask(() -> Files.createDirectory(at(name)));
      chmod(name, mode); // whatever the umask is
    }

    @Override
    public void rmdir(String name) throws ErrnoException {
      within(
          ".",
          stream -> {
            stream.deleteDirectory(relative(fs, name));
            return name;
          });
    }

    @Override
    public void unlink(String name) throws ErrnoException {
      within(
          ".",
          stream -> {
            stream.deleteFile(relative(fs, name));
            return name;
          });
    }

    @Override
    public void rename(String from, String to) throws ErrnoException {
      within(
          ".",
          stream -> {
            stream.move(relative(fs, from), stream, relative(fs, to));
            return to;
          });
    }

    @Override
    public List<String> list() throws ErrnoException {
      return ask(
          () -> {
            List<String> names = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(at("."))) {
              for (Path each : entries) {
                byte[] bytes = each.getFileName().toString().getBytes(UTF_8);
                names.add(new String(bytes, ISO_8859_1));
              }
            }
            return names;
          });
    }

    @Override
    public Stat stat(String name) throws ErrnoException {
      Map<String, Object> a =
          ask(() -> Files.readAttributes(at(name), "unix:*", LinkOption.NOFOLLOW_LINKS));
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
    }

    @Override
    public String read(String file) throws ErrnoException {
      StringBuilder text = new StringBuilder();
      try (OpenControlFile open = open(file, Set.of(StandardOpenOption.READ))) {
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
      Set<StandardOpenOption> truncating =
          Set.of(StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
      try (OpenControlFile open = open(file, truncating)) {
        int taken = open.write(new String(bytes, ISO_8859_1));
        if (taken != bytes.length) {
          throw new AssertionError("%d of %d bytes taken".formatted(taken, bytes.length));
        }
      }
    }

    @Override
    public OpenControlFile open(String file) throws ErrnoException {
      return open(file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    private OpenControlFile open(String file, Set<StandardOpenOption> options)
        throws ErrnoException {
      return new Open(ask(() -> FileChannel.open(at(file), options)));
    }

    @Override
    public void chmod(String name, int mode) throws ErrnoException {
      ask(() -> Files.setAttribute(at(name), "unix:mode", mode));
    }

    @Override
    public void chown(String name, int uid, int gid) throws ErrnoException {
      if (uid != -1) {
        ask(() -> Files.setAttribute(at(name), "unix:uid", uid));
      }
      if (gid != -1) {
        ask(() -> Files.setAttribute(at(name), "unix:gid", gid));
      }
    }

    @Override
    public void setTimes(String name, long atimeNs, long mtimeNs) throws ErrnoException {
      ask(
          () -> {
            Files.getFileAttributeView(at(name), BasicFileAttributeView.class)
                .setTimes(
                    FileTime.from(mtimeNs, TimeUnit.NANOSECONDS),
                    FileTime.from(atimeNs, TimeUnit.NANOSECONDS),
                    null);
            return name;
          });
    }

    private UserDefinedFileAttributeView attributes(String name) {
      return Files.getFileAttributeView(at(name), UserDefinedFileAttributeView.class);
    }

    private static String own(String attribute) {
      if (!attribute.startsWith(USER)) {
        throw new AssertionError(attribute + ": java.nio knows attributes of users only");
      }
      return attribute.substring(USER.length());
    }

    @Override
    public void setXattr(String name, String attribute, byte[] value) throws ErrnoException {
      ask(() -> attributes(name).write(own(attribute), ByteBuffer.wrap(value)));
    }

    @Override
    public byte[] getXattr(String name, String attribute) throws ErrnoException {
      return ask(
          () -> {
            UserDefinedFileAttributeView view = attributes(name);
            ByteBuffer value = ByteBuffer.allocate(view.size(own(attribute)));
            view.read(own(attribute), value);
            return value.array();
          });
    }

    @Override
    public List<String> listXattr(String name) throws ErrnoException {
      return ask(() -> attributes(name).list()).stream().map(each -> USER + each).toList();
    }

    @Override
    public void removeXattr(String name, String attribute) throws ErrnoException {
      ask(
          () -> {
            attributes(name).delete(own(attribute));
            return name;
          });
    }
  }

  /** A call in an open directory. */
  @FunctionalInterface
  private interface InDirectory<T> {
    T make(SecureDirectoryStream<Path> directory) throws IOException;
  }

  private record Open(FileChannel channel) implements Cgroup.OpenControlFile {
    @Override
    public String read(long offset, int sizeBytes) throws ErrnoException {
      ByteBuffer to = ByteBuffer.allocate(sizeBytes);
      ask(() -> channel.read(to, offset));
      return new String(to.array(), 0, to.position(), ISO_8859_1);
    }

    @Override
    public int write(String text) throws ErrnoException {
      return ask(() -> channel.write(ByteBuffer.wrap(text.getBytes(ISO_8859_1))));
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
