package io.github.vcgroupfs.junit;

import io.github.vcgroupfs.daemon.TemporaryMount;
import io.github.vcgroupfs.os.MountTable;
import io.github.vcgroupfs.os.NativeText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
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
 * A daemon that serves one mount for as long as a test needs it. Its standard input is a pipe from
 * this JVM: if this JVM dies, however it dies, the pipe ends, and the daemon unmounts and ends.
 */
final class MountProcess implements AutoCloseable {
  /** A daemon gives up whoever still uses its mount after five seconds. */
  private static final int END_SECONDS = 15;

  private final Path folder;
  private final Process daemon;

  /** Where the mount is, as the kernel lists it; null if it was never mounted. */
  private @Nullable Path mounted;

  private MountProcess(Path folder, Process daemon) {
    this.folder = folder;
    this.daemon = daemon;
  }

  /**
   * How a daemon ended that did not mount.
   *
   * @param status its exit status, as on the page on mounts
   * @param said what it said about that
   */
  record Refusal(int status, String said) {
    /** The status of the program if something must be installed first. */
    private static final int PREREQUISITE = 3;

    /** The status of the program for a wrong option. */
    private static final int MISUSED = 2;

    boolean isPrerequisite() {
      return status == PREREQUISITE;
    }

    boolean isMisuse() {
      return status == MISUSED;
    }
  }

  /** A folder for a mount: its name is how a daemon whose parent has died knows it for its own. */
  static Path folder() throws IOException {
    Path folder = Files.createTempDirectory(TemporaryMount.PREFIX).toRealPath();
    // code under test may become another user, and root's mounts are open to all
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }

  /**
   * Starts a daemon. {@link #awaitMounted} comes next.
   *
   * @param folder for its log; it is removed at the end
   * @param options options of {@code mount}
   */
  static MountProcess start(Path folder, List<String> options, Path place) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("mount", TemporaryMount.FOR_RUN));
    arguments.addAll(options);
    arguments.addAll(List.of("--log", folder.resolve("log").toString(), place.toString()));
    return new MountProcess(folder, start(folder, arguments));
  }

  private static Process start(Path folder, List<String> arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(MountProgram.command(folder, arguments));
    builder.redirectError(folder.resolve("err").toFile());
    // in C, every letter of a name that is not ASCII would be a question mark
    String locale = builder.environment().getOrDefault("LC_ALL", "");
    if (NativeText.charset().equals(StandardCharsets.US_ASCII) || locale.equals("C")) {
      builder.environment().put("LC_ALL", "C.UTF-8");
    }
    return builder.start();
  }

  /**
   * Waits until the mount works.
   *
   * @return null, or why there is none
   */
  @Nullable Refusal awaitMounted(Path place) throws IOException, InterruptedException {
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(daemon.getInputStream(), NativeText.charset()))) {
      if (said.readLine() != null) {
        mounted = place.toRealPath();
        return null;
      }
    }
    return new Refusal(daemon.waitFor(), sentences());
  }

  /** What the program said, without its name; all of it, if Java itself has said it. */
  private String sentences() throws IOException {
    String name = "vcgroupfs: ";
    List<String> lines =
        new String(Files.readAllBytes(folder.resolve("err")), NativeText.charset())
            .lines()
            .toList();
    List<String> own =
        lines.stream()
            .filter(line -> line.startsWith(name))
            .map(line -> line.substring(name.length()))
            .toList();
    return String.join("; ", own.isEmpty() ? lines : own);
  }

  /** Ends the daemon, which unmounts; unmounts what is left, and removes the folder. */
  @Override
  public void close() throws IOException {
    try {
      daemon.toHandle().destroy(); // and not its standard input: the folder is ours to remove
      if (!daemon.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        daemon.destroyForcibly().waitFor();
      }
      daemon.getOutputStream().close();
      if (mounted != null && isMounted(mounted)) { // somebody has killed the daemon
        unmount(mounted);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted; %s may still be mounted".formatted(mounted), e);
    }
    removeFolder();
  }

  private void unmount(Path place) throws IOException, InterruptedException {
    Process umount = start(folder, List.of("umount", "--force", place.toString()));
    umount.getOutputStream().close();
    if (umount.waitFor() != 0) {
      throw new IOException("%s is still mounted: %s".formatted(place, sentences()));
    }
  }

  private static boolean isMounted(Path place) {
    return !MountTable.read().at(NativeText.toBytes(place.toString())).isEmpty();
  }

  private void removeFolder() throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
