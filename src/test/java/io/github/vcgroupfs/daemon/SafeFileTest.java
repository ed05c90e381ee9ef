package io.github.vcgroupfs.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.vcgroupfs.os.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in folders where others may have planted something. */
class SafeFileTest {
  private static final int NOBODY = 65534;

  @TempDir private Path folder;
  private Path victim;
  private Path log;

  @BeforeEach
  void makeVictim() throws IOException {
    victim = Files.writeString(folder.resolve("victim"), "untouched");
    log = folder.resolve("log");
  }

  private static void give(Path file) throws IOException {
    assumeTrue(Identity.self().isRoot(), "only root can make files of others");
    Files.setAttribute(file, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
  }

  private static void append(Path file, String text) throws IOException {
    try (OutputStream out = SafeFile.append(SafeFile.resolve(file))) {
      out.write(text.getBytes(UTF_8));
    }
  }

  private void assertRefused(String... parts) throws IOException {
    assertThatThrownBy(() -> append(log, "line"))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContainingAll(parts);
    assertThat(victim).hasContent("untouched");
  }

  @Test
  void aLinkOfSomebodyElseIsNotFollowed() throws Exception {
    Files.createSymbolicLink(log, victim);
    give(log);
    assertRefused("is a symbolic link of uid 65534", "another name");
    Files.delete(victim);
    assertThatThrownBy(() -> append(log, "line")).isInstanceOf(FileSystemException.class);
    assertThat(victim).as("nor is its target made").doesNotExist();
    Files.writeString(victim, "untouched");
  }

  @Test
  void noFolderIsReachedThroughALinkOfSomebodyElse() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("logs"), folder);
    give(link);
    log = link.resolve("log");
    assertRefused("logs is a symbolic link of uid 65534");
    assertThatThrownBy(() -> LogFile.named(link.resolve("new/log")).open(LogLevel.INFO))
        .hasMessageContaining("logs is a symbolic link of uid 65534");
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void aFileOfSomebodyElseIsNotUsed() throws Exception {
    give(Files.createFile(log));
    assertRefused("is there already, and of uid 65534");
  }

  @Test
  void aFileWithASecondNameIsNotUsed() throws Exception {
    Files.createLink(log, victim);
    assertRefused("a hard link");
  }

  @Test
  void ownLinksAreFollowed() throws Exception {
    Files.createSymbolicLink(log, victim);
    append(log, " but for this");
    assertThat(victim).hasContent("untouched but for this");
  }

  @Test
  void aNewFileIsForItsUserAlone() throws Exception {
    append(log, "one\n");
    append(log, "two\n");
    assertThat(log).hasContent("one\ntwo\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFullLogIsBegunAnewWhateverWasPlantedBesideIt() throws Exception {
    Path older = Files.createSymbolicLink(folder.resolve("log.1"), victim);
    give(older);
    LogHandler handler = new LogHandler(log, 100);
    for (int i = 0; i < 10; i++) {
      handler.publish(new LogRecord(Level.INFO, "line " + i));
    }
    handler.close();
    assertThat(victim).hasContent("untouched");
    assertThat(Files.isSymbolicLink(older)).isFalse();
    assertThat(Files.readString(older) + Files.readString(log)).contains("line 8", "line 9");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("victim", "log", "log.1");
  }

  @Test
  void whatIsNoPlainFileKeepsItsName() throws Exception {
    LogHandler handler = new LogHandler(Path.of("/dev/null"), 10);
    handler.publish(new LogRecord(Level.INFO, "one"));
    handler.publish(new LogRecord(Level.INFO, "two"));
    handler.close();
    assertThat(Path.of("/dev/null.1")).doesNotExist();
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void aNameCannotForgeALine() throws Exception {
    LogHandler handler = new LogHandler(log, 10_000);
    LogRecord line =
        new LogRecord(Level.INFO, "group /a\n2026-01-01 00:00:00.000 ERROR [x] \033[2J");
    IOException cause =
        new IOException("cannot run \"/x\n2026-01-01 00:00:00.000 ERROR [x] forged\"");
    line.setThrown(new IllegalStateException("outer\nforged", cause));
    handler.publish(line);
    handler.close();
    assertThat(Files.readAllLines(log))
        .filteredOn(each -> !each.startsWith("\tat "))
        .hasSize(3)
        .satisfiesExactly(
            first ->
                assertThat(first).endsWith("group /a\\n2026-01-01 00:00:00.000 ERROR [x] \\x1b[2J"),
            thrown -> assertThat(thrown).endsWith("IllegalStateException: outer\\nforged"),
            why -> assertThat(why).startsWith("Caused by: java.io.IOException: cannot run"));
  }
}
