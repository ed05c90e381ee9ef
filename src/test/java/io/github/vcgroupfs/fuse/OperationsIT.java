package io.github.vcgroupfs.fuse;

import static io.github.vcgroupfs.kernel.Errno.E2BIG;
import static io.github.vcgroupfs.kernel.Errno.EACCES;
import static io.github.vcgroupfs.kernel.Errno.EEXIST;
import static io.github.vcgroupfs.kernel.Errno.EINVAL;
import static io.github.vcgroupfs.kernel.Errno.EIO;
import static io.github.vcgroupfs.kernel.Errno.EISDIR;
import static io.github.vcgroupfs.kernel.Errno.ENAMETOOLONG;
import static io.github.vcgroupfs.kernel.Errno.ENODATA;
import static io.github.vcgroupfs.kernel.Errno.ENODEV;
import static io.github.vcgroupfs.kernel.Errno.ENOENT;
import static io.github.vcgroupfs.kernel.Errno.ENOTDIR;
import static io.github.vcgroupfs.kernel.Errno.EOPNOTSUPP;
import static io.github.vcgroupfs.kernel.Errno.EPERM;
import static io.github.vcgroupfs.kernel.Errno.ERANGE;
import static io.github.vcgroupfs.testing.Syscalls.O_CREAT;
import static io.github.vcgroupfs.testing.Syscalls.O_DIRECT;
import static io.github.vcgroupfs.testing.Syscalls.O_EXCL;
import static io.github.vcgroupfs.testing.Syscalls.O_RDONLY;
import static io.github.vcgroupfs.testing.Syscalls.O_RDWR;
import static io.github.vcgroupfs.testing.Syscalls.O_TRUNC;
import static io.github.vcgroupfs.testing.Syscalls.O_WRONLY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.testing.MountTest;
import io.github.vcgroupfs.testing.MountedFs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Syscalls;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation as the kernel passes it on, errno for errno; one mount for all tests. */
@MountTest
@Tag("jdk")
@Tag("single-cpu")
class OperationsIT {
  private static final String LIMIT = "kmem.tcp.limit_in_bytes";
  private static final int SEEK_SET = 0;
  private static final int SEEK_END = 2;

  private static MountedFs fs;

  private Path group;

  @BeforeAll
  static void mount() throws Exception {
    fs = MountedFs.start("--log-level", "debug");
  }

  @AfterAll
  static void unmount() throws Exception {
    fs.close();
  }

  @BeforeEach
  void makeGroup() throws Exception {
    group = fs.path("g");
    fs.mkdir("g");
  }

  @AfterEach
  void removeGroup() throws Exception {
    if (Files.exists(group)) {
      fs.rmdir("g");
    }
    // whatever a user does is no error of ours: style.md, one dispatcher
    assertThat(fs.log())
        .doesNotContain(" ERROR ")
        .doesNotContain(" WARN ")
        .doesNotContain(" INFO [fuse-"); // what the daemon is, it says itself
  }

  private static int minus(Errno errno) {
    return -errno.number();
  }

  @Test
  void filesComeAndGoWithTheirGroup() {
    Path none = group.resolve("none");
    Path limit = group.resolve(LIMIT);
    assertThat(Syscalls.open(none, O_WRONLY | O_CREAT)).isEqualTo(minus(EACCES));
    assertThat(Syscalls.open(none, O_RDONLY)).isEqualTo(minus(ENOENT));
    assertThat(Syscalls.open(limit, O_WRONLY | O_CREAT | O_EXCL)).isEqualTo(minus(EEXIST));
    assertThat(Syscalls.unlink(limit)).isEqualTo(minus(EPERM));
    assertThat(Syscalls.unlink(group)).isEqualTo(minus(EISDIR));
    assertThat(Syscalls.rmdir(limit)).isEqualTo(minus(ENOTDIR));
    assertThat(Syscalls.symlink("x", none)).isEqualTo(minus(EPERM));
    assertThat(Syscalls.link(limit, none)).isEqualTo(minus(EPERM));
    assertThat(Syscalls.mknod(none, Syscalls.S_IFREG | 0644)).isEqualTo(minus(EACCES));
    assertThat(Syscalls.mknod(none, Syscalls.S_IFIFO | 0644)).isEqualTo(minus(EPERM));
  }

  @Test
  void unlinkIsRefusedWhileTheFileIsOpen() {
    Path limit = group.resolve(LIMIT);
    int fd = Syscalls.open(limit, O_RDONLY);
    assertThat(Syscalls.unlink(limit)).isEqualTo(minus(EPERM));
    assertThat(Syscalls.close(fd)).isZero();
    assertThat(limit).exists();
  }

  @Test
  void directories() throws Exception {
    Path limit = group.resolve(LIMIT);
    assertThat(Syscalls.mkdir(group)).isEqualTo(minus(EEXIST));
    assertThat(Syscalls.mkdir(limit)).isEqualTo(minus(EEXIST));
    assertThat(Syscalls.mkdir(group.resolve("none/x"))).isEqualTo(minus(ENOENT));
    assertThat(Syscalls.mkdir(limit.resolve("x"))).isEqualTo(minus(ENOTDIR));
    assertThat(Syscalls.open(group, O_WRONLY)).isEqualTo(minus(EISDIR));
    fs.mkdir("g/inner");
    assertThat(Files.getAttribute(group, "unix:nlink")).isEqualTo(3);
    assertThat(Syscalls.rmdir(group)).isEqualTo(minus(Errno.EBUSY));
    fs.rmdir("g/inner");
    assertThat(Files.getAttribute(group, "unix:nlink")).isEqualTo(2);
  }

  @Test
  void rename() throws Exception {
    fs.mkdir("g/a");
    fs.mkdir("g/b");
    Path a = group.resolve("a");
    assertThat(Syscalls.rename(a, group.resolve("b"))).isEqualTo(minus(EEXIST));
    assertThat(Syscalls.rename(a, fs.path("a"))).isEqualTo(minus(EIO));
    assertThat(Syscalls.rename(group.resolve(LIMIT), group.resolve("x"))).isEqualTo(minus(ENOTDIR));
    assertThat(Syscalls.renameWithFlags(a, group.resolve("c"), 1)).isEqualTo(minus(EINVAL));
    assertThat(Syscalls.rename(a, group.resolve("c"))).isZero();
    assertThat(group.resolve("a")).doesNotExist();
    assertThat(group.resolve("c").resolve(LIMIT)).exists();
    fs.rmdir("g/b");
    fs.rmdir("g/c");
  }

  @Test
  void aReaderMayAskForOneByteAtATime() throws Exception {
    String whole = fs.read("g/memory.stat");
    int fd = Syscalls.open(group.resolve("memory.stat"), O_RDONLY);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] one = Syscalls.read(fd, 1); one.length > 0; one = Syscalls.read(fd, 1)) {
      assertThat(one).hasSize(1);
      bytes.write(one);
    }
    assertThat(bytes.toString(ISO_8859_1)).isEqualTo(whole).contains("cache 0\n");
    assertThat(new String(Syscalls.pread(fd, 5, 6), ISO_8859_1)).isEqualTo(whole.substring(6, 11));
    assertThat(Syscalls.pread(fd, 100, 1_000_000)).isEmpty();
    Syscalls.close(fd);
  }

  @Test
  void twoReadsWithAChangeBetween() throws Exception {
    int fd = Syscalls.open(group.resolve(LIMIT), O_RDONLY);
    fs.write("g/" + LIMIT, "4096");
    assertThat(Syscalls.read(fd, 100)).asString().isEqualTo("4096\n");
    fs.write("g/" + LIMIT, "8192");
    assertThat(Syscalls.lseek(fd, 0, SEEK_SET)).isZero();
    assertThat(Syscalls.read(fd, 100)).asString().isEqualTo("8192\n");
    Syscalls.close(fd);
  }

  @Test
  void truncatingSucceedsAndDoesNothing() throws Exception {
    Path limit = group.resolve(LIMIT);
    fs.write("g/" + LIMIT, "65536");
    int fd = Syscalls.open(limit, O_RDWR | O_TRUNC);
    assertThat(Syscalls.pread(fd, 100, 0)).asString().isEqualTo("65536\n");
    assertThat(Syscalls.ftruncate(fd, 0)).isZero();
    assertThat(Syscalls.ftruncate(fd, 10_000)).isZero();
    assertThat(Syscalls.truncate(limit, 0)).isZero();
    assertThat(Syscalls.pread(fd, 100, 0)).asString().isEqualTo("65536\n");
    assertThat(Files.size(limit)).isEqualTo(6);
    Syscalls.close(fd);
  }

  @Test
  void truncatingMovesTheTimeOfChange() throws Exception {
    Path limit = group.resolve(LIMIT);
    FileTime before = Files.getLastModifiedTime(limit);
    int fd = Syscalls.open(limit, O_RDWR);
    Syscalls.ftruncate(fd, 0);
    Syscalls.close(fd);
    FileTime between = Files.getLastModifiedTime(limit);
    Syscalls.close(Syscalls.open(limit, O_WRONLY | O_TRUNC));
    assertThat(between).isGreaterThan(before);
    assertThat(Files.getLastModifiedTime(limit)).isGreaterThan(between);
  }

  @Test
  void oneWriteIsOneCommandWhereverItGoes() throws Exception {
    int fd = Syscalls.open(group.resolve(LIMIT), O_WRONLY);
    assertThat(Syscalls.write(fd, "4096")).isEqualTo(4);
    assertThat(Syscalls.write(fd, "8192\n")).isEqualTo(5);
    assertThat(fs.read("g/" + LIMIT)).isEqualTo("8192\n");
    assertThat(Syscalls.pwrite(fd, "12288", 100)).isEqualTo(5);
    assertThat(fs.read("g/" + LIMIT)).isEqualTo("12288\n");
    Syscalls.close(fd);
    int appending = Syscalls.open(group.resolve(LIMIT), O_WRONLY | Syscalls.O_APPEND);
    assertThat(Syscalls.write(appending, "16384")).isEqualTo(5);
    assertThat(fs.read("g/" + LIMIT)).isEqualTo("16384\n");
    Syscalls.close(appending);
  }

  @Test
  void aWriteMayHave62Bytes() {
    Path limit = group.resolve(LIMIT);
    assertThat(Syscalls.writeOnce(limit, " ".repeat(58) + "4096")).isEqualTo(62);
    assertThat(Syscalls.writeOnce(limit, " ".repeat(59) + "4096")).isEqualTo(minus(E2BIG));
  }

  @Test
  void aLongWriteArrivesAsOneRequest() throws Exception {
    String text = "1".repeat(100_000);
    long before = journalLines();
    assertThat(Syscalls.writeOnce(fs.path("sim.tcp.mem"), text)).isEqualTo(minus(EINVAL));
    assertThat(journalLines()).isEqualTo(before + 1);
  }

  private static long journalLines() throws Exception {
    return fs.read("sim.journal").lines().filter(line -> line.contains("sim.tcp.mem")).count();
  }

  @Test
  void aHandleOfARemovedGroupIsNoDevice() throws Exception {
    int fd = Syscalls.open(group.resolve(LIMIT), O_RDWR);
    assertThat(Syscalls.tryRead(fd, 100)).isPositive();
    fs.rmdir("g");
    assertThat(Syscalls.tryRead(fd, 100)).isEqualTo(minus(ENODEV));
    assertThat(Syscalls.lseek(fd, 0, SEEK_SET)).isZero();
    assertThat(Syscalls.tryRead(fd, 100)).isEqualTo(minus(ENODEV));
    assertThat(Syscalls.write(fd, "4096")).isEqualTo(minus(ENODEV));
    assertThat(Syscalls.open(group.resolve(LIMIT), O_RDONLY)).isEqualTo(minus(ENOENT));
    fs.mkdir("g"); // another group, though of the same name
    assertThat(Syscalls.tryRead(fd, 100)).isEqualTo(minus(ENODEV));
    assertThat(fs.read("g/" + LIMIT)).isEqualTo("9223372036854775807\n");
    assertThat(Syscalls.close(fd)).isZero();
  }

  @Test
  void whatIsLeftToTheKernel() throws Exception {
    int fd = Syscalls.open(group.resolve(LIMIT), O_RDWR);
    assertThat(Syscalls.fsync(fd)).as("as in 3.2").isEqualTo(minus(EINVAL));
    assertThat(Syscalls.fallocate(fd, 4096)).isEqualTo(minus(EOPNOTSUPP));
    assertThat(fs.read("g/" + LIMIT)).isEqualTo("9223372036854775807\n");
    assertThat(Syscalls.close(fd)).isZero();
    assertThat(Syscalls.open(group.resolve(LIMIT), O_RDONLY | O_DIRECT)).isEqualTo(minus(EINVAL));
  }

  @Test
  void listingsSayWhatIsADirectory() throws Exception {
    fs.mkdir("g/inner");
    Map<String, Syscalls.Entry> entries =
        Syscalls.list(group).stream()
            .collect(Collectors.toMap(Syscalls.Entry::name, entry -> entry));
    assertThat(entries.get(".").type()).isEqualTo(Syscalls.DT_DIR);
    assertThat(entries.get("..").type()).isEqualTo(Syscalls.DT_DIR);
    assertThat(entries.get("inner").type()).isEqualTo(Syscalls.DT_DIR);
    assertThat(entries.get(LIMIT).type()).isEqualTo(Syscalls.DT_REG);
    for (Syscalls.Entry entry : entries.values()) {
      Object ino = Files.getAttribute(group.resolve(entry.name()), "unix:ino");
      assertThat(ino).as(entry.name()).isEqualTo(entry.ino());
    }
    fs.rmdir("g/inner");
  }

  @Test
  void attributesStick() throws Exception {
    Path limit = group.resolve(LIMIT);
    assertThat(Syscalls.chmod(limit, 0640)).isZero();
    assertThat(Syscalls.chown(limit, 12, -1)).isZero();
    assertThat(Syscalls.chown(limit, -1, 34)).isZero();
    Map<String, Object> unix = Files.readAttributes(limit, "unix:mode,uid,gid,nlink");
    assertThat(unix)
        .containsEntry("mode", Syscalls.S_IFREG | 0640)
        .containsEntry("uid", 12)
        .containsEntry("gid", 34)
        .containsEntry("nlink", 1);
    assertThat(Syscalls.utimens(limit, 1000, 5, 2000, 7)).isZero();
    assertThat(Syscalls.utimens(limit, 0, Syscalls.UTIME_OMIT, 3000, 0)).isZero();
    assertThat(Files.getLastModifiedTime(limit)).isEqualTo(FileTime.fromMillis(3_000_000));
    assertThat(Files.getAttribute(limit, "lastAccessTime").toString())
        .contains("00:16:40.000000005");
    long before = System.currentTimeMillis();
    assertThat(Syscalls.utimens(limit, 0, Syscalls.UTIME_NOW, 0, Syscalls.UTIME_OMIT)).isZero();
    assertThat(((FileTime) Files.getAttribute(limit, "lastAccessTime")).toMillis())
        .isGreaterThanOrEqualTo(before - 20);
    assertThat(Files.getLastModifiedTime(limit)).isEqualTo(FileTime.fromMillis(3_000_000));
  }

  @Test
  void extendedAttributes() {
    Path limit = group.resolve(LIMIT);
    assertThat(Syscalls.getxattr(limit, "user.a", new byte[10])).isEqualTo(minus(ENODATA));
    assertThat(Syscalls.setxattr(limit, "user.a", "value", 0)).isZero();
    assertThat(Syscalls.setxattr(limit, "user.b", "", 0)).isZero();
    assertThat(Syscalls.setxattr(limit, "user.a", "x", 1)).isEqualTo(minus(EEXIST));
    assertThat(Syscalls.getxattr(limit, "user.a", new byte[0])).isEqualTo(5);
    assertThat(Syscalls.getxattr(limit, "user.a", new byte[4])).isEqualTo(minus(ERANGE));
    byte[] value = new byte[10];
    assertThat(Syscalls.getxattr(limit, "user.a", value)).isEqualTo(5);
    assertThat(new String(value, 0, 5, ISO_8859_1)).isEqualTo("value");
    byte[] names = new byte[14];
    assertThat(Syscalls.listxattr(limit, new byte[0])).isEqualTo(14);
    assertThat(Syscalls.listxattr(limit, new byte[13])).isEqualTo(minus(ERANGE));
    assertThat(Syscalls.listxattr(limit, names)).isEqualTo(14);
    assertThat(new String(names, ISO_8859_1)).isEqualTo("user.a\0user.b\0");
    assertThat(Syscalls.removexattr(limit, "user.a")).isZero();
    assertThat(Syscalls.removexattr(limit, "user.a")).isEqualTo(minus(ENODATA));
    assertThat(Syscalls.setxattr(limit, "system.a", "x", 0)).isEqualTo(minus(EOPNOTSUPP));
  }

  @Test
  void statfsIsThatOfCgroupfs() throws Exception {
    String format = "%S %s %l %b %f %a %c %d";
    Program.Ended stat =
        Program.runToEnd(List.of("stat", "-f", "-c", format, fs.root().toString()));
    assertThat(stat.out()).isEqualTo("4096 4096 255 0 0 0 0 0\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00c3\u00a9t\u00c3\u00a9", "\u00ff\u00fe\u0080", "a b\\c\"d'", "*"})
  void namesAreBytes(String name) throws Exception {
    String path = Syscalls.bytes(group) + "/" + name;
    assertThat(Syscalls.mkdir(path)).isZero();
    assertThat(Syscalls.list(group)).extracting(Syscalls.Entry::name).contains(name);
    int fd = Syscalls.open(path + "/" + LIMIT, O_WRONLY);
    assertThat(Syscalls.write(fd, "nonsense")).isEqualTo(minus(EINVAL));
    Syscalls.close(fd);
    int why = Syscalls.open(path + "/sim.why", O_RDONLY);
    assertThat(new String(Syscalls.read(why, 4096), ISO_8859_1)).contains("nonsense");
    Syscalls.close(why);
    assertThat(Syscalls.rmdir(path)).isZero();
  }

  @Test
  void aNameMayHave255Bytes() {
    String path = Syscalls.bytes(group) + "/";
    assertThat(Syscalls.mkdir(path + "x".repeat(255))).isZero();
    assertThat(Syscalls.rmdir(path + "x".repeat(255))).isZero();
    assertThat(Syscalls.mkdir(path + "x".repeat(256))).isEqualTo(minus(ENAMETOOLONG));
  }

  @Test
  void sizesAreExact() throws Exception {
    Path limit = group.resolve(LIMIT);
    assertThat(Files.size(limit)).isEqualTo("9223372036854775807\n".length());
    Syscalls.writeOnce(limit, " ".repeat(50) + "4096");
    assertThat(Files.size(limit)).isEqualTo(5);
    int fd = Syscalls.open(limit, O_RDWR);
    Syscalls.write(fd, " ".repeat(50) + "65536");
    assertThat(Syscalls.lseek(fd, 0, SEEK_END)).isEqualTo(6);
    Syscalls.close(fd);
    assertThat(Files.getAttribute(group, "size")).isEqualTo(0L);
  }

  /** It copies with sendfile, which stops at st_size. */
  @Test
  void busyboxCanRead() throws Exception {
    Path busybox = Path.of("/bin/busybox");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(busybox), "busybox is missing");
    fs.write("g/" + LIMIT, "65536");
    List<String> command = List.of(busybox.toString(), "cat", group.resolve(LIMIT).toString());
    assertThat(Program.runToEnd(command).out()).isEqualTo("65536\n");
  }

  @Test
  void theShellSaysWhatWentWrong() throws Exception {
    String script = "/bin/echo nonsense > '%s'".formatted(group.resolve(LIMIT));
    Program.Ended shell = Program.runToEnd(List.of("sh", "-c", script));
    assertThat(shell.status()).isNotZero();
    assertThat(shell.err()).endsWith("Invalid argument\n");
    assertThat(fs.read("g/sim.why")).contains("echo[").contains("write g/" + LIMIT);
  }

  @Test
  void aFileCanBeReadWhileManyOthersAre() throws Exception {
    List<Integer> fds = new java.util.ArrayList<>();
    for (int i = 0; i < 200; i++) {
      fds.add(Syscalls.open(group.resolve("tasks"), O_RDONLY));
    }
    assertThat(fds).allMatch(fd -> fd > 0);
    fds.forEach(Syscalls::close);
  }

  /** libfuse's own offsets count bytes: one between two entries made the kernel's call EIO. */
  @Test
  void aDirectoryCanBeReadFromAnyOffset() {
    int directory = Syscalls.open(group, O_RDONLY);
    try {
      for (long offset : new long[] {1, 3, 7, 33, 4096, 1L << 40}) {
        assertThat(Syscalls.lseek(directory, offset, SEEK_SET)).isNotNegative();
        assertThat(Syscalls.getdents(directory)).as("from %d on", offset).isNotNegative();
      }
      assertThat(Syscalls.lseek(directory, 0, SEEK_SET)).isZero();
      assertThat(Syscalls.getdents(directory)).isPositive();
    } finally {
      Syscalls.close(directory);
    }
  }
}
