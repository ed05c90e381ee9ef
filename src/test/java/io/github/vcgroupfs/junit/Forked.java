package io.github.vcgroupfs.junit;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Runs a test class in a JVM of its own, with less on its class path. */
final class Forked {
  private Forked() {}

  /** In that JVM: runs the class of this name, and prints how its tests ended, and why. */
  public static void main(String[] args) throws ClassNotFoundException {
    EngineExecutionResults results =
        Kit.builder(Class.forName(args[0])).enableImplicitConfigurationParameters(true).execute();
    Kit.outcomes(results).forEach(System.out::println);
    Kit.failures(results)
        .forEach(
            each ->
                System.out.println(
                    each.getMessage() + " " + Arrays.toString(each.getSuppressed())));
  }

  /** Runs a class to its end; returns what that JVM printed. */
  static String run(Path folder, Class<?> testClass, List<String> without, List<String> options)
      throws IOException, InterruptedException {
    Process jvm = start(folder, testClass, without, options);
    byte[] said = jvm.getInputStream().readAllBytes();
    jvm.waitFor();
    return new String(said, StandardCharsets.UTF_8) + Files.readString(folder.resolve("err"));
  }

  /**
   * Starts it.
   *
   * @param without names of jars that are to be missing, or what is in their names
   */
  static Process start(Path folder, Class<?> testClass, List<String> without, List<String> options)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    words.addAll(options);
    words.addAll(List.of("-cp", classPath(without), Forked.class.getName(), testClass.getName()));
    return new ProcessBuilder(words).redirectError(folder.resolve("err").toFile()).start();
  }

  private static String classPath(List<String> without) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            entry -> without.stream().noneMatch(Path.of(entry).getFileName().toString()::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
