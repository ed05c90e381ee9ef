package io.github.vcgroupfs.mount;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds and runs helper programs such as fusermount. Has no state. */
final class Programs {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Programs() {}

  /** The first of these programs that is there: in the usual folders, then on PATH. */
  static Optional<Path> find(String... names) {
    List<String> folders = new ArrayList<>(List.of("/usr/bin", "/bin", "/usr/local/bin"));
    String path = System.getenv("PATH");
    folders.addAll(List.of((path == null ? "" : path).split(File.pathSeparator, -1)));
    for (String name : names) {
      for (String folder : folders) {
        Path file = Path.of(folder.isEmpty() ? "." : folder, name);
        if (Files.isExecutable(file) && Files.isRegularFile(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * What a program said, and its exit status.
   *
   * @param status -1 if it was ended because it took too long
   * @param said both outputs, without blanks around
   */
  record Outcome(int status, String said) {}

  /** Runs a program until it ends, or a time limit is over. */
  static Outcome run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LC_ALL", "C");
    builder.directory(new File("/"));
    builder.redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    Process process = builder.start();
    if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      return new Outcome(-1, command.get(0) + " takes too long");
    }
    // It says a line or two, which fit into a pipe: reading after the end is safe.
    String said = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    return new Outcome(process.exitValue(), said.strip());
  }
}
