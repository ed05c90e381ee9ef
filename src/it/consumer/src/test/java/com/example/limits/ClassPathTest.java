package com.example.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.vcgroupfs.nio.Counter;
import io.github.vcgroupfs.nio.Group;
import io.github.vcgroupfs.nio.VirtualCgroupFileSystem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user's tests get with the library: little, nothing native, and no logging. */
final class ClassPathTest {
  private static final int MOST_JARS = 6;
  private static final long MOST_BYTES = 3_000_000;

  /** What every project has that is tested with JUnit 5 by Maven. */
  private static final Pattern OF_JUNIT =
      Pattern.compile("(junit-|opentest4j-|apiguardian-api-|surefire).*\\.jar");

  private static final Pattern NATIVE_LIBRARY = Pattern.compile(".*\\.so(\\.[0-9.]+)?");

  private static List<Handler> handlersBefore = List.of();

  @BeforeAll
  static void everyPartOfTheLibraryIsUsed() throws IOException {
    handlersBefore = handlers();
    try (VirtualCgroupFileSystem fs =
        VirtualCgroupFileSystem.builder()
            .profile("linux-6.1")
            .controllers("all")
            .preset("kmem-busy-usage")
            .open()) {
      Group web = fs.cgroups().create("/memory/of-class-path-test");
      fs.cgroups().start("/memory/of-class-path-test");
      web.write("memory.kmem.tcp.limit_in_bytes", "64K");
      web.addFlow("f connections=4 chunk=16K send=max read=0");
      fs.cgroups().advance(Duration.ofSeconds(1));
      assertTrue(web.usage(Counter.TCP) > 0, () -> fs.cgroups().report());
    }
  }

  @Test
  void theLibraryBringsFewAndSmallJars() {
    List<String> jars = new ArrayList<>();
    long bytes = 0;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      File file = new File(entry);
      if (file.isFile() && !OF_JUNIT.matcher(file.getName()).matches()) {
        jars.add(file.getName() + " " + file.length());
        bytes += file.length();
      }
    }
    System.out.println(jars.size() + " jars, " + bytes + " bytes: " + jars);
    assertTrue(jars.stream().anyMatch(jar -> jar.startsWith("vcgroupfs-")), jars.toString());
    assertTrue(jars.size() <= MOST_JARS, "more than " + MOST_JARS + " jars: " + jars);
    assertTrue(bytes <= MOST_BYTES, bytes + " bytes are more than " + MOST_BYTES + ": " + jars);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ru.serce.jnrfuse.FuseStubFS",
        "com.kenai.jffi.Foreign",
        "io.netty.channel.Channel",
        "picocli.CommandLine"
      })
  void whatOnlyTheProgramNeedsIsNotThere(String type) {
    assertThrows(ClassNotFoundException.class, () -> Class.forName(type));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void onlyLibrariesOfJavaAndOfTheSystemAreLoaded() throws IOException {
    String java = Path.of(System.getProperty("java.home")).toRealPath().toString();
    List<String> loaded;
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      loaded =
          maps.filter(line -> line.contains("/"))
              .map(line -> line.substring(line.indexOf('/')))
              .filter(file -> NATIVE_LIBRARY.matcher(file).matches())
              .distinct()
              .toList();
    }
    assertTrue(loaded.stream().anyMatch(file -> file.startsWith(java)), loaded.toString());
    List<String> others =
        loaded.stream()
            .filter(file -> !file.startsWith(java))
            .filter(file -> !file.matches("(/usr)?/lib.*") || file.contains("libfuse"))
            .toList();
    assertEquals(List.of(), others);
  }

  @Test
  void theLoggingOfTheUserIsNotTouched() {
    assertSame(LogManager.class, LogManager.getLogManager().getClass());
    assertFalse(handlersBefore.isEmpty());
    assertEquals(handlersBefore, handlers());
  }

  private static List<Handler> handlers() {
    return List.of(Logger.getLogger("").getHandlers());
  }
}
