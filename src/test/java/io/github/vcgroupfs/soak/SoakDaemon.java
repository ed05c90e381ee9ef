package io.github.vcgroupfs.soak;

import io.github.vcgroupfs.testing.DaemonHeap;
import io.github.vcgroupfs.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The daemon that is soaked, seen from outside: as a process, and as a mount. */
final class SoakDaemon {
  static final String PROFILE = "linux-6.18";

  private static final int START_SECONDS = 120;
  private static final int END_SECONDS = 60;

  private final Path folder;
  private final Path mount;
  private final Process process;

  private SoakDaemon(Path folder, Path mount, Process process) {
    this.folder = folder;
    this.mount = mount;
    this.process = process;
  }

  /** Mounts two hierarchies below a folder, where the log lies too. */
  static SoakDaemon start(Path folder) throws IOException, InterruptedException {
    Path mount = folder.resolve("mnt");
    List<String> command = new ArrayList<>(List.of("setsid")); // Ctrl-C is for the soak alone
    command.addAll(
        Program.command(
            "mount",
            "--foreground",
            "--log",
            folder.resolve("log").toString(),
            "--profile",
            PROFILE,
            "--controllers",
            "memory,pids",
            mount.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("err").toFile());
    SoakDaemon daemon = new SoakDaemon(folder, mount, builder.start());
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        !daemon.said("out").contains("\n"); ) {
      if (!daemon.process.isAlive() || System.nanoTime() - end > 0) {
        daemon.process.destroyForcibly();
        throw new IOException("the daemon does not mount on " + mount + ": " + daemon.said("err"));
      }
      Thread.sleep(10);
    }
    return daemon;
  }

  private String said(String file) throws IOException {
    Path path = folder.resolve(file);
    return Files.exists(path) ? Files.readString(path) : "";
  }

  Path mount() {
    return mount;
  }

  Path memory() {
    return mount.resolve("memory");
  }

  Path pids() {
    return mount.resolve("pids");
  }

  boolean isAlive() {
    return process.isAlive();
  }

  DaemonHeap heap() {
    return new DaemonHeap(process.pid());
  }

  private Path proc(String name) {
    return Path.of("/proc", Long.toString(process.pid()), name);
  }

  /** What it has in memory of the machine, KiB. */
  long rssKib() throws IOException {
    return Files.readAllLines(proc("status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new IOException(proc("status") + " has no VmRSS"));
  }

  /** Its threads, without the compilers of the JVM, which come and go. */
  long threads() throws IOException {
    return threads("(?!C[12] Compiler).*");
  }

  /** Its threads that tell clients of events. */
  long eventThreads() throws IOException {
    return threads("vcgroupfs-event"); // the kernel keeps 15 letters
  }

  private long threads(String pattern) throws IOException {
    try (Stream<Path> all = Files.list(proc("task"))) {
      return all.filter(task -> text(task.resolve("comm")).strip().matches(pattern)).count();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException gone) {
      return "";
    }
  }

  /** Lines of the log that tell of a defect; not that the machine was too slow for a flow. */
  List<String> complaints() throws IOException {
    return Stream.concat(said("log").lines(), said("err").lines())
        .filter(line -> line.matches("[^\\[]* (ERROR|WARN) \\[.*") || line.contains("Exception"))
        .filter(line -> !line.contains("is deprecated") && !line.contains("behind real time"))
        .toList();
  }

  /** Unmounts as people do; what umount said if it failed, or nothing. */
  String umount() throws IOException, InterruptedException {
    Program.Ended ended = Program.run("umount", mount.toString());
    return ended.status() == 0 ? "" : "status " + ended.status() + ": " + ended.err();
  }

  /** Waits until it has ended; what was wrong with that, or nothing. */
  String awaitEnd() throws IOException, InterruptedException {
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      return "it runs on";
    }
    return process.exitValue() == 0
        ? ""
        : "status " + process.exitValue() + ": " + said("out") + said("err");
  }

  /** If all else failed: kills it, and takes its mount away. */
  void remove() throws IOException, InterruptedException {
    if (process.isAlive()) {
      process.destroyForcibly().waitFor();
    }
    if (isMounted()) {
      Program.runToEnd(List.of("umount", "-l", mount.toString()));
    }
  }

  boolean isMounted() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
        .anyMatch(line -> line.split(" ", -1)[1].startsWith(mount.toString()));
  }
}
