package io.github.vcgroupfs.nio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What Java programs are told: each class and each message is what the JDK gives on a true mount.
 */
class ExceptionsTest {
  private VirtualCgroupFileSystem fs;
  private Path root;

  @BeforeEach
  void open() throws IOException {
    fs = VirtualCgroupFileSystem.builder().profile("linux-6.18").strict(true).open();
    root = fs.root();
  }

  @AfterEach
  void close() {
    fs.close();
  }

  @Test
  void aBusyGroupIsAFileSystemExceptionWithItsReason() throws IOException {
    Path web = Files.createDirectory(root.resolve("web"));
    Files.createDirectory(web.resolve("child"));
    assertThatThrownBy(() -> Files.delete(web))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage("/sys/fs/cgroup/memory/web: Device or resource busy")
        .cause()
        .hasMessageContaining("EBUSY: ");
  }

  @Test
  void aControlFileCannotBeRemovedMadeOrLinked() {
    Path file = root.resolve("memory.stat");
    assertThatThrownBy(() -> Files.delete(file))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(file + ": Operation not permitted");
    assertThatThrownBy(() -> Files.createFile(root.resolve("x")))
        .isExactlyInstanceOf(AccessDeniedException.class)
        .hasMessage("/sys/fs/cgroup/memory/x");
    assertThatThrownBy(() -> Files.createFile(file))
        .isExactlyInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> Files.createLink(root.resolve("x"), file))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(root.resolve("x") + " -> " + file + ": Operation not permitted");
    assertThatThrownBy(() -> Files.readSymbolicLink(file))
        .isExactlyInstanceOf(NotLinkException.class);
    assertThatThrownBy(() -> Files.newDirectoryStream(file))
        .isExactlyInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> Files.readString(root.resolve("none")))
        .isExactlyInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.readString(root)).hasMessage("Is a directory");
  }

  @Test
  void aRefusedWriteOnAnOpenChannelNamesNoFile() throws IOException {
    try (FileChannel channel =
        FileChannel.open(root.resolve("memory.stat"), StandardOpenOption.WRITE)) {
      assertThatThrownBy(() -> channel.write(ByteBuffer.wrap(new byte[] {'1'})))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("Invalid argument");
    }
    assertThatThrownBy(() -> Files.writeString(root.resolve("memory.limit_in_bytes"), "many"))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("Invalid argument");
  }

  /** {@code kernfs_fop_llseek} of 6.18; until 5.15 at least the position is nobody's affair. */
  @Test
  void aChannelHasNoPositionWithoutItsGroup() throws IOException {
    Path web = Files.createDirectory(root.resolve("web"));
    Path limit = web.resolve("memory.limit_in_bytes");
    try (FileChannel channel =
        FileChannel.open(limit, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.position(2);
      Files.delete(web);
      assertThat(channel.size()).isZero();
      assertThatThrownBy(channel::position).hasMessage("No such device");
      assertThatThrownBy(() -> channel.position(1L << 40)).hasMessage("No such device");
      assertThatThrownBy(() -> channel.truncate(0)).hasMessage("No such device");
    }
    try (VirtualCgroupFileSystem old =
        VirtualCgroupFileSystem.builder().profile("linux-5.15").open()) {
      Path group = Files.createDirectory(old.root().resolve("web"));
      try (FileChannel channel = FileChannel.open(group.resolve("memory.limit_in_bytes"))) {
        channel.position(2);
        Files.delete(group);
        assertThat(channel.position()).isEqualTo(2);
      }
    }
  }

  /** They are no eventfds; descriptors above them are not open. */
  @Test
  void aProgramHasItsThreeStandardDescriptors() {
    Path control = root.resolve("cgroup.event_control");
    for (int fd = 0; fd < 4; fd++) {
      String text = fd + " 3";
      assertThatThrownBy(() -> Files.write(control, text.getBytes(ISO_8859_1), WRITE))
          .as(text)
          .hasMessage(fd < 3 ? "Invalid argument" : "Bad file descriptor");
    }
  }

  /** The JDK maps the source, as far as it is long: 17 finds nothing, 25 reads it then. */
  @Test
  void aTransferFromAFileOfSizeZeroIsAsTheJdkDoesIt() throws IOException {
    Path control = root.resolve("cgroup.event_control"); // to read it is EINVAL
    try (FileChannel channel =
        FileChannel.open(control, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (Jdk.TRANSFERS_BY_SIZE) {
        assertThat(channel.transferFrom(channel, 0, 2)).isZero();
      } else {
        assertThatThrownBy(() -> channel.transferFrom(channel, 0, 2))
            .hasMessage("Invalid argument");
      }
    }
  }

  @Test
  void theRemovalOfItsFilesIsAChangeOfADirectory() throws IOException {
    Path web = Files.createDirectory(root.resolve("web"));
    FileTime old = FileTime.fromMillis(0);
    try (DirectoryStream<Path> opened = Files.newDirectoryStream(web)) {
      Files.setLastModifiedTime(web, old);
      BasicFileAttributeView view =
          ((SecureDirectoryStream<Path>) opened).getFileAttributeView(BasicFileAttributeView.class);
      assertThat(view.readAttributes().lastModifiedTime()).isEqualTo(old);
      Files.delete(web);
      FileTime changed = view.readAttributes().lastModifiedTime();
      assertThat(changed).isGreaterThan(old);
      assertThat(view.readAttributes().lastModifiedTime()).isEqualTo(changed);
    }
  }

  /** The JDK makes negative nanoseconds of it, is refused, and takes 1970; in an entry it fails. */
  @Test
  void aPartOfASecondBefore1970IsNoTime() throws IOException {
    FileTime before = FileTime.fromMillis(-1500);
    Path tasks = root.resolve("tasks");
    Files.setLastModifiedTime(tasks, before);
    assertThat(Files.getLastModifiedTime(tasks)).isEqualTo(FileTime.fromMillis(0));
    Files.setLastModifiedTime(tasks, FileTime.fromMillis(-2000));
    assertThat(Files.getLastModifiedTime(tasks)).isEqualTo(FileTime.fromMillis(-2000));
    try (DirectoryStream<Path> opened = Files.newDirectoryStream(root)) {
      BasicFileAttributeView view =
          ((SecureDirectoryStream<Path>) opened)
              .getFileAttributeView(tasks.getFileName(), BasicFileAttributeView.class);
      assertThatThrownBy(() -> view.setTimes(before, null, null))
          .isExactlyInstanceOf(FileSystemException.class)
          .hasMessage("tasks: Invalid argument");
    }
  }

  /** {@code cgroup1_rename} looks for a newline, then at the parent. */
  @Test
  void aNewlineInTheNewNameIsFoundBeforeTheOtherParent() throws IOException {
    Path child = Files.createDirectories(root.resolve("web/child"));
    assertThatThrownBy(() -> Files.move(child, root.resolve("a\n"), StandardCopyOption.ATOMIC_MOVE))
        .hasMessageEndingWith(": Invalid argument");
    Path tasks = child.resolve("tasks");
    assertThatThrownBy(
            () -> Files.move(tasks, child.resolve("a\n"), StandardCopyOption.ATOMIC_MOVE))
        .hasMessageEndingWith(": Invalid argument");
    assertThatThrownBy(() -> Files.move(child, root.resolve("a"), StandardCopyOption.ATOMIC_MOVE))
        .hasMessageEndingWith(": Input/output error");
  }

  @Test
  void aMoveSaysBothNames() throws IOException {
    Path web = Files.createDirectory(root.resolve("web"));
    Path child = Files.createDirectory(web.resolve("child"));
    assertThatThrownBy(() -> Files.move(child, root.resolve("child")))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(child + " -> " + root.resolve("child") + ": Input/output error");
    assertThat(Files.move(web, root.resolve("net"), StandardCopyOption.ATOMIC_MOVE)).isDirectory();
    assertThatThrownBy(() -> Files.move(root.resolve("net"), fs.getPath("/sys/net")))
        .hasMessageContaining(root.resolve("net").toString());
  }

  @Test
  void whatIsAboveTheMountIsReadOnly() {
    assertThatThrownBy(() -> Files.createDirectory(fs.getPath("/sys/x")))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage("/sys/x: Read-only file system");
    assertThat(fs.getPath("/sys/fs/cgroup")).isDirectoryContaining(path -> path.equals(root));
  }

  @Test
  void anotherUserMeetsTheModes() throws IOException {
    try (VirtualCgroupFileSystem other =
        VirtualCgroupFileSystem.builder().user(1000, 1000).open()) {
      Path limit = other.root().resolve("memory.limit_in_bytes");
      assertThat(Files.readString(limit)).isEqualTo("9223372036854775807\n");
      assertThatThrownBy(() -> Files.writeString(limit, "1M"))
          .isExactlyInstanceOf(AccessDeniedException.class)
          .hasMessage(limit.toString());
      assertThatThrownBy(() -> Files.createDirectory(other.root().resolve("web")))
          .isExactlyInstanceOf(AccessDeniedException.class);
      assertThatThrownBy(
              () ->
                  Files.setPosixFilePermissions(
                      limit, PosixFilePermissions.fromString("rw-rw-rw-")))
          .hasMessage(limit + ": Operation not permitted");
      assertThat(Files.isWritable(limit)).isFalse();
    }
  }

  @Test
  void locksOverlapWithinTheProcess() throws IOException {
    Path file = root.resolve("memory.limit_in_bytes");
    FileChannel a = FileChannel.open(file, StandardOpenOption.WRITE);
    try (FileChannel b = FileChannel.open(file, StandardOpenOption.WRITE)) {
      assertThat(a.lock(0, 10, false).isValid()).isTrue();
      assertThatThrownBy(() -> b.tryLock(5, 10, false))
          .isInstanceOf(OverlappingFileLockException.class);
      a.close();
      assertThat(b.tryLock(5, 10, false).isValid()).isTrue();
    } finally {
      a.close();
    }
  }

  @Test
  void watchersAreToldOfWhatProgramsDo() throws IOException {
    Path web = Files.createDirectory(root.resolve("web"));
    try (WatchService watcher = fs.newWatchService()) {
      WatchKey key =
          web.register(
              watcher,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_DELETE,
              StandardWatchEventKinds.ENTRY_MODIFY);
      Files.createDirectory(web.resolve("a"));
      Files.writeString(web.resolve("memory.limit_in_bytes"), "1M");
      Files.delete(web.resolve("a"));
      assertThat(watcher.poll()).isSameAs(key);
      assertThat(key.pollEvents())
          .extracting(event -> event.kind() + " " + event.context())
          .containsExactly(
              "ENTRY_CREATE a", "ENTRY_MODIFY memory.limit_in_bytes", "ENTRY_DELETE a");
      assertThat(key.reset()).isTrue();
      Files.delete(web);
      assertThat(watcher.poll()).isSameAs(key);
      assertThat(key.reset()).isFalse();
    }
  }

  @Test
  void anOpenDirectoryIsFoundAfterARename() throws IOException {
    Path web = Files.createDirectory(root.resolve("web"));
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(web)) {
      SecureDirectoryStream<Path> open = (SecureDirectoryStream<Path>) stream;
      Files.move(web, root.resolve("net"));
      open.newByteChannel(fs.getPath("tasks"), java.util.Set.of()).close();
      Files.createDirectory(root.resolve("net/a"));
      open.deleteDirectory(fs.getPath("a"));
      assertThat(root.resolve("net/a")).doesNotExist();
      Files.delete(root.resolve("net"));
      assertThatThrownBy(() -> open.newByteChannel(fs.getPath("tasks"), java.util.Set.of()))
          .isExactlyInstanceOf(NoSuchFileException.class)
          .hasMessage("tasks");
    }
  }

  @Test
  void addressesLeadBack() throws IOException {
    URI address = URI.create("cgroup:/named");
    try (FileSystem named = FileSystems.newFileSystem(address, Map.of("strict", true))) {
      assertThat(FileSystems.getFileSystem(address)).isSameAs(named);
      Path file = named.getPath("memory.stat");
      assertThat(file.toUri()).hasToString("cgroup:/named!/sys/fs/cgroup/memory/memory.stat");
      assertThat(Path.of(file.toUri())).isEqualTo(file.toAbsolutePath()).isReadable();
      assertThatThrownBy(() -> FileSystems.newFileSystem(address, Map.of()))
          .isInstanceOf(FileSystemAlreadyExistsException.class);
    }
    assertThatThrownBy(() -> FileSystems.newFileSystem(address, Map.of("size", 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no option size (with the value 3): there are at, ");
    assertThatThrownBy(() -> FileSystems.newFileSystem(address, Map.of("strict", "maybe")))
        .hasMessage("the option strict is not maybe: choose true or false");
  }

  @Test
  void aClosedFileSystemSaysSo() throws IOException {
    fs.close();
    assertThatThrownBy(() -> Files.readString(root.resolve("tasks")))
        .isInstanceOf(ClosedFileSystemException.class);
  }
}
