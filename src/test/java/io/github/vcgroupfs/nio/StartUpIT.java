package io.github.vcgroupfs.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.Program;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file system in a JVM of its own whose class path has little: what is loaded, and how long the
 * first test takes and a further one. Times are printed and not asserted.
 */
@Tag("jdk")
class StartUpIT {
  /** Packages of libraries that a test in the JVM must never load. */
  private static final List<String> HEAVY =
      List.of(
          "jnr.",
          "com.kenai.",
          "ru.serce.",
          "io.netty.",
          "picocli.",
          "org.knowm.",
          "com.fasterxml.",
          "sun.nio.ch.Net");

  private static final String YAML = "org.snakeyaml.";

  @TempDir private Path dir;

  @Test
  void withoutAFixtureOnlyOurClassesAndTheLogAreLoaded() throws Exception {
    List<String> loaded = loaded(List.of("slf4j-api", "jspecify"), "1");
    assertThat(loaded).contains(VirtualCgroupFileSystem.class.getName());
    assertThat(loaded).noneMatch(StartUpIT::isHeavy).noneMatch(each -> each.startsWith(YAML));
  }

  @Test
  void aFixtureNeedsAParserOfYamlToo() throws Exception {
    List<String> loaded =
        loaded(List.of("slf4j-api", "jspecify", "snakeyaml-engine"), "1", "kmem-leak");
    assertThat(loaded).anyMatch(each -> each.startsWith(YAML)).noneMatch(StartUpIT::isHeavy);
  }

  private static boolean isHeavy(String loaded) {
    return HEAVY.stream().anyMatch(loaded::startsWith);
  }

  private List<String> loaded(List<String> libraries, String... args) throws Exception {
    Path log = dir.resolve("classes");
    run(libraries, List.of("-Xlog:class+load:file=" + log + ":none"), args);
    return Files.readAllLines(log).stream()
        .map(line -> line.replaceFirst(" .*", ""))
        .collect(Collectors.toList());
  }

  @Test
  void timesOfTheFirstTestAndOfFurtherOnes() throws Exception {
    long beforeNs = System.nanoTime();
    String out = run(List.of("slf4j-api", "jspecify"), List.of(), "100");
    long allMs = (System.nanoTime() - beforeNs) / 1_000_000;
    List<Long> micros = out.lines().map(Long::valueOf).toList();
    assertThat(micros).hasSize(100);
    List<Long> further = micros.stream().skip(1).sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "a file system in the JVM: the first test %.1f ms, a further one %.2f ms (median); the JVM %d ms in all%n",
        micros.get(0) / 1000.0,
        further.get(further.size() / 2) / 1000.0,
        allMs);
  }

  /** Runs the program with what our own classes and a few libraries have. */
  private static String run(List<String> libraries, List<String> options, String... args)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(
                each ->
                    !each.endsWith(".jar")
                        || libraries.stream().anyMatch(new File(each).getName()::startsWith))
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(StartUp.class.getName());
    command.addAll(List.of(args));
    Program.Ended ended = Program.runToEnd(command);
    assertThat(ended.status()).as(ended.err()).isZero();
    return ended.out();
  }
}
