package io.github.vcgroupfs.junit;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The program as the class path of this JVM has it, in the words of a command line. They are those
 * of the launcher, {@code mount-scripts/vcgroupfs}, without its archive of loaded classes.
 */
final class MountProgram {
  /** A class would load libraries that only the program needs. */
  static final String MAIN = "io.github.vcgroupfs.cli.Main";

  /** What a mount cannot be made without: a class that tells, and the artifact that has it. */
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "ru.serce.jnrfuse.struct.FileStat", "com.github.serceman:jnr-fuse",
          "picocli.CommandLine", "info.picocli:picocli",
          "io.netty.channel.Channel", "io.netty:netty-transport",
          "org.snakeyaml.engine.v2.nodes.Node", "org.snakeyaml:snakeyaml-engine");

  /** The first Java that warns of what the FUSE binding does. */
  private static final int WARNING_JAVA = 24;

  private MountProgram() {}

  /** The artifacts that this JVM has not on its class path. */
  static List<String> missingLibraries() {
    ClassLoader loader = ClassLoader.getSystemClassLoader();
    return LIBRARIES.entrySet().stream()
        .filter(each -> loader.getResource(each.getKey().replace('.', '/') + ".class") == null)
        .map(Map.Entry::getValue)
        .sorted()
        .toList();
  }

  /**
   * The words that start a command of the program.
   *
   * @param folder for what Java writes if it crashes
   */
  static List<String> command(Path folder, List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= WARNING_JAVA) {
      words.addAll(
          List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    }
    words.addAll(
        List.of(
            "-Dfile.encoding=ISO-8859-1", // names are bytes
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", // it lives as long as a test
            "-XX:-UsePerfData",
            "-XX:ErrorFile=" + folder.resolve("hs_err.log"),
            "-XX:-DumpReplayDataOnError",
            "-XX:+DisplayVMOutputToStderr",
            "-Xlog:disable",
            "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
            "-cp",
            classPath(),
            MAIN));
    words.addAll(arguments);
    return words;
  }

  /**
   * Libraries may stand on the path of modules: as such the program does not run, but from there.
   */
  private static String classPath() {
    String modules = System.getProperty("jdk.module.path", "");
    String classes = System.getProperty("java.class.path");
    return modules.isEmpty() ? classes : classes + File.pathSeparator + modules;
  }
}
