package io.github.vcgroupfs.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program as the launcher starts it, from the flat jar, in a process of its own. */
public final class Program {
  /** What is tested. */
  public static final Path JAR =
      Path.of(System.getProperty("vcgroupfs.jar", "target/vcgroupfs.jar")).toAbsolutePath();

  /** Where the training puts the native part of jffi: else a start that is killed may leave one. */
  private static final String NATIVE_PART = "-Djffi.boot.library.path=" + JAR.resolveSibling("jni");

  /** Less than a test of a mount may take: what hangs is named. */
  private static final int LIMIT_SECONDS = 100;

  private Program() {}

  /**
   * How a process ended.
   *
   * @param status its exit status
   * @param out what it said
   * @param err what it complained about
   */
  public record Ended(int status, String out, String err) {}

  /** The words that start Java with the options of the launcher. */
  public static List<String> java(String... more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(
        List.of(
            "-Dfile.encoding=ISO-8859-1",
            NATIVE_PART,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData"));
    command.addAll(ClassArchive.OPTIONS);
    command.addAll(Arrays.asList(more));
    return command;
  }

  /**
   * The archive of loaded classes that the launcher makes on first use, made here on first use: a
   * fifth of the processor time of a start. Without one, as on a JVM that cannot, Java starts all
   * the same.
   */
  private static final class ClassArchive {
    // as the launcher: an archive that does not fit, as with a copy of the jar, is no news
    static final List<String> OPTIONS =
        List.of("-XX:SharedArchiveFile=" + make(), "-Xshare:auto", "-Xlog:disable");

    private static Path make() {
      Path archive =
          JAR.resolveSibling("vcgroupfs-tests-%d.jsa".formatted(Runtime.version().feature()));
      try {
        if (!Files.exists(archive) || isNewer(JAR, archive)) {
          Files.deleteIfExists(archive);
          String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
          runToEnd(
              List.of(
                  java,
                  "-XX:ArchiveClassesAtExit=" + archive,
                  NATIVE_PART,
                  "-XX:+UseSerialGC",
                  "-cp",
                  JAR.toString(),
                  "io.github.vcgroupfs.cli.Main",
                  "--archive-training"));
        }
        return archive;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }

    private static boolean isNewer(Path one, Path other) throws IOException {
      return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(other)) > 0;
    }
  }

  /** The words that start the program. */
  public static List<String> command(String... arguments) {
    List<String> command =
        java(
            "-Dvcgroupfs.cwd=" + Path.of("").toAbsolutePath(),
            "-cp",
            JAR.toString(),
            "io.github.vcgroupfs.cli.Main");
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /** Runs the program to its end. */
  public static Ended run(String... arguments) throws IOException, InterruptedException {
    return runToEnd(command(arguments));
  }

  /** Runs any program to its end, not for ever. */
  public static Ended runToEnd(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("vcgroupfs-test", ".out");
    Path err = Files.createTempFile("vcgroupfs-test", ".err");
    try {
      Process process = builder(command, out, err).start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "%s does not end; it said:%n%s%s".formatted(command, read(out), read(err)));
      }
      return new Ended(process.exitValue(), read(out), read(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  static ProcessBuilder builder(List<String> command, Path out, Path err) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // it makes Java say so on stderr
    builder.redirectOutput(out.toFile());
    builder.redirectError(err.toFile());
    return builder;
  }

  static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
