package io.github.vcgroupfs.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.vcgroupfs.fuse.MountException;
import io.github.vcgroupfs.fuse.MountPoint;
import io.github.vcgroupfs.fuse.NativeText;
import io.github.vcgroupfs.fuse.Umount;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mount for the time of one command: a folder of its own with the mount point and the log in it,
 * and a daemon that is a child of this process but of no terminal. {@link #close} takes all of it
 * away.
 */
final class TemporaryMount implements AutoCloseable {
  private static final Path MOUNTINFO = Path.of("/proc/self/mountinfo");
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final String LOG = "--log";

  /** A daemon gives up whoever still uses its mount after five seconds. */
  private static final int END_SECONDS = 15;

  private final Path folder;
  private @Nullable Process daemon;

  private TemporaryMount(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder; nothing is mounted yet. */
  static TemporaryMount make() throws IOException {
    Path folder = Files.createTempDirectory("vcgroupfs-run").toRealPath();
    // The command may become another user, and root's mounts are open to all.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new TemporaryMount(folder);
  }

  /** The mount point. */
  Path place() {
    return folder.resolve("mnt");
  }

  /**
   * Mounts, as {@code vcgroupfs mount} does, which says by itself what goes wrong.
   *
   * @param program the words that start the program
   * @param options of {@code mount}
   * @return 0, or the exit status of a daemon that did not mount
   */
  int mount(List<String> program, List<String> options) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      words.add(SETSID.toString()); // so that keys of the terminal do not end it before the command
    }
    words.addAll(program);
    words.add(MountCommand.NAME);
    words.addAll(options);
    if (options.stream().noneMatch(word -> word.equals(LOG) || word.startsWith(LOG + "="))) {
      words.addAll(List.of(LOG, folder.resolve("log").toString()));
    }
    words.add(place().toString());
    Process started =
        new ProcessBuilder(words)
            .directory(new File("/"))
            .redirectInput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    daemon = started;
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(started.getInputStream(), NativeText.charset()))) {
      return said.readLine() != null ? ExitStatus.DONE : Math.max(started.waitFor(), 1);
    }
  }

  /** Ends the daemon, which unmounts; what it leaves is unmounted, and the folder removed. */
  @Override
  public void close() throws IOException, MountException {
    try {
      end();
      String text = new String(Files.readAllBytes(MOUNTINFO), ISO_8859_1);
      if (text.contains(" " + place() + " ")) { // somebody has killed the daemon
        Umount.run(MountPoint.resolve(folder, place().toString()), true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MountException(
          MountException.Kind.FAILED, "interrupted; %s may still be mounted".formatted(place()));
    }
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }

  private void end() throws InterruptedException {
    Process started = daemon;
    if (started == null) {
      return;
    }
    started.destroy();
    if (!started.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      started.destroyForcibly().waitFor();
    }
  }
}
