package io.github.vcgroupfs.artefacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.Program;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.snakeyaml.engine.v2.api.Load;

/** Decision 19: the plain jar is a module. A small one that requires it is compiled and run. */
@Tag("jdk")
class ModulePathIT {
  private static final String NAME = "com.example.reader";

  @TempDir private Path dir;

  @Test
  void aModuleRequiresTheLibraryAndReadsALimit() throws Exception {
    Path main = source("Main", MAIN);
    Path module = source("module-info", "module " + NAME + " { requires io.github.vcgroupfs; }");
    runInJdk(
        "javac",
        "-Xlint:all",
        "-Werror",
        "-p",
        library(),
        "-d",
        classes(),
        module.toString(),
        main.toString());

    String path = library() + File.pathSeparator + classes();
    String said = runInJdk("java", "-p", path, "-m", NAME + "/" + NAME + ".Main");

    assertThat(said)
        .isEqualTo(
            """
            module io.github.vcgroupfs
            9223372036854771712
            """);
  }

  @Test
  void whatIsNotPublicApiIsClosed() throws Exception {
    String user = MAIN.replace("Path root;", "io.github.vcgroupfs.kernel.KernelProfile profile;");
    Path main = source("Main", user);
    Path module = source("module-info", "module " + NAME + " { requires io.github.vcgroupfs; }");

    Program.Ended ended =
        jdk("javac", "-p", library(), "-d", classes(), module.toString(), main.toString());

    assertThat(ended.err())
        .contains("package io.github.vcgroupfs.kernel is not visible")
        .contains("module io.github.vcgroupfs, which does not export it");
    assertThat(ended.status()).isEqualTo(1);
  }

  /** Finds the library as a service, makes a hierarchy, and reads a file of it. */
  private static final String MAIN =
      """
      package com.example.reader;

      import java.net.URI;
      import java.nio.file.FileSystem;
      import java.nio.file.FileSystems;
      import java.nio.file.Files;
      import java.nio.file.Path;
      import java.util.Map;

      class Main {
        public static void main(String[] args) throws Exception {
          Path root;
          URI uri = URI.create("cgroup:/of-a-module");
          try (FileSystem fs = FileSystems.newFileSystem(uri, Map.of("profile", "linux-6.1"))) {
            System.out.println(fs.getClass().getModule());
            root = fs.getPath("/sys/fs/cgroup/memory");
            System.out.print(Files.readString(root.resolve("memory.limit_in_bytes")));
          }
        }
      }
      """;

  private Path source(String name, String text) throws Exception {
    return Files.writeString(dir.resolve(name + ".java"), text);
  }

  private String classes() {
    return dir.resolve("classes").toString();
  }

  /** The plain jar with what its POM says that users need, and no more. */
  private static String library() throws URISyntaxException {
    Path plain = Path.of(System.getProperty("vcgroupfs.plain.jar"));
    return Stream.of(plain, jarOf(Logger.class), jarOf(Load.class))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path jarOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static String runInJdk(String tool, String... arguments) throws Exception {
    Program.Ended ended = jdk(tool, arguments);
    assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
    return ended.out();
  }

  private static Program.Ended jdk(String tool, String... arguments) throws Exception {
    String program = Path.of(System.getProperty("java.home"), "bin", tool).toString();
    return Program.runToEnd(Stream.concat(Stream.of(program), Stream.of(arguments)).toList());
  }
}
