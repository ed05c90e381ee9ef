package io.github.vcgroupfs.daemon;

import io.github.vcgroupfs.mount.MountException;
import io.github.vcgroupfs.mount.MountPoint;
import io.github.vcgroupfs.mount.UnmountFromOutside;
import io.github.vcgroupfs.os.Cmdline;
import io.github.vcgroupfs.os.MountTable;
import io.github.vcgroupfs.os.NativeText;
import io.github.vcgroupfs.os.Reasons;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mount for the duration of one command. It has a temporary folder with the mount point and the
 * log, and a daemon that is a child of this process but has no terminal. {@link #close} removes all
 * of it.
 */
public final class TemporaryMount implements AutoCloseable {
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /** The option of {@code mount} that tells a daemon that it serves a temporary mount. */
  public static final String FOR_RUN = "--for-run";

  /** How the name of the folder begins; digits follow. */
  public static final String PREFIX = "vcgroupfs-run";

  private static final String LOG_OPTION = "--log";
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryMount.class);

  /** A daemon gives up whoever still uses its mount after five seconds. */
  private static final int END_SECONDS = 15;

  private static final int PAUSE_MS = 20;

  private static final int MOUNTED = 0;
  private static final int FAILED = 1;

  /** What Java says of a process that a signal has ended: this and its number. */
  private static final int BY_SIGNAL = 128;

  private final Daemons daemons;
  private final Path folder;
  private @Nullable Process daemon;

  private TemporaryMount(Daemons daemons, Path folder) {
    this.daemons = daemons;
    this.folder = folder;
  }

  /**
   * Makes the folder. Nothing is mounted yet.
   *
   * @param daemons starts and finds daemons
   */
  public static TemporaryMount make(Daemons daemons) throws MountException {
    try {
      Path folder = Files.createTempDirectory(PREFIX).toRealPath();
      // The command may become another user, and root's mounts are open to all.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      return new TemporaryMount(daemons, folder);
    } catch (IOException e) {
      throw new MountException(
          MountException.Kind.FAILED,
          "no folder for the mount can be made in %s: %s; TMPDIR names another place for it"
              .formatted(System.getProperty("java.io.tmpdir"), Reasons.of(e)));
    }
  }

  /**
   * Ends this daemon when its standard input ends, and then removes the folder of its mount. That
   * happens when the {@code run} that started it was killed, and could do neither.
   */
  public static void endWithStandardInput(Path place) {
    Thread watch = new Thread(() -> awaitInput(place), "standard input");
    watch.setDaemon(true);
    watch.start();
  }

  private static void awaitInput(Path place) {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      LOG.warn("standard input cannot be read, which is the end of it", e);
    }
    // Beside the one that unmounts: all are run at once.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> removeUnmounted(place), "folder"));
    System.exit(0);
  }

  private static void removeUnmounted(Path place) {
    try {
      for (int i = 0; i < END_SECONDS * 1_000 / PAUSE_MS && isMounted(place); i++) {
        Thread.sleep(PAUSE_MS);
      }
      Path folder = Objects.requireNonNull(place.getParent());
      // whoever gives a daemon that option by hand loses nothing
      boolean ours = folder.toString().matches(".*/" + PREFIX + "[0-9]+");
      if (ours && !isMounted(place)) {
        remove(folder);
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be removed", place.getParent(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The mount point. */
  public Path place() {
    return folder.resolve("mnt");
  }

  /**
   * Mounts, as {@code vcgroupfs mount} does. The daemon itself prints what goes wrong.
   *
   * @param own the words that started this process; the daemon is the same program
   * @param options options for {@code mount}
   * @return 0, or the exit status of a daemon that did not mount
   */
  public int mount(Cmdline own, List<String> options)
      throws IOException, MountException, InterruptedException {
    List<String> words = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      words.add(SETSID.toString()); // so that keys of the terminal do not end it before the command
    }
    words.addAll(daemons.program(own));
    words.addAll(List.of(daemons.verb(), FOR_RUN));
    words.addAll(options);
    if (options.stream()
        .noneMatch(word -> word.equals(LOG_OPTION) || word.startsWith(LOG_OPTION + "="))) {
      words.addAll(List.of(LOG_OPTION, folder.resolve("log").toString()));
    }
    words.add(place().toString());
    Process started =
        new ProcessBuilder(words)
            .directory(new File("/"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    daemon = started;
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(started.getInputStream(), NativeText.charset()))) {
      if (said.readLine() != null) {
        return MOUNTED;
      }
    }
    int status = started.waitFor();
    if (status > BY_SIGNAL) {
      throw new MountException(
          MountException.Kind.FAILED,
          "signal %d ended the daemon before it had mounted".formatted(status - BY_SIGNAL));
    }
    return Math.max(status, FAILED);
  }

  /** Ends the daemon, which unmounts. Unmounts what is left, and removes the folder. */
  @Override
  public void close() throws IOException, MountException {
    try {
      end();
      if (isMounted(place())) { // somebody has killed the daemon
        UnmountFromOutside.run(MountPoint.resolve(folder, place().toString()), true, daemons);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MountException(
          MountException.Kind.FAILED, "interrupted; %s may still be mounted".formatted(place()));
    }
    remove(folder);
  }

  private static boolean isMounted(Path place) {
    return !MountTable.read().at(NativeText.toBytes(place.toString())).isEmpty();
  }

  private static void remove(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each); // a log goes by itself
    }
  }

  private void end() throws InterruptedException {
    Process started = daemon;
    if (started == null) {
      return;
    }
    started.toHandle().destroy(); // and not its standard input: the folder is ours to remove
    if (!started.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      started.destroyForcibly().waitFor();
    }
  }
}
