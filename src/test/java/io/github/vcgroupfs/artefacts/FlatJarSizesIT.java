package io.github.vcgroupfs.artefacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Decision 5 names every library in the flat jar, and says how much of the jar it takes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlatJarSizesIT {
  private static final String OURS = "io/github/vcgroupfs/";
  private static final String UPLOT = "META-INF/resources/webjars/uplot/";
  private static final int KILO = 1_000;

  private final Map<String, Long> bytes = new HashMap<>();
  private final List<String> ofNobody = new ArrayList<>();

  @BeforeAll
  void read() throws IOException {
    Map<String, String> owners = owners();
    try (JarFile jar = new JarFile(Program.JAR.toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        String name = entry.getName();
        String owner = name.startsWith(UPLOT) ? "npm:uplot" : owners.get(name);
        if (owner != null && !name.startsWith(OURS)) {
          bytes.merge(owner, entry.getCompressedSize(), Long::sum);
        } else if (!name.startsWith(OURS) && name.endsWith(".class")) {
          ofNobody.add(name);
        }
      }
    }
  }

  @Test
  void everyLibraryInItHasARow() throws IOException {
    assertThat(ofNobody).isEmpty();
    assertThat(bytes).containsOnlyKeys(Libraries.inTheFlatJar().keySet());
  }

  /** Within 5 % or 2 KB: each Java packs a little differently. */
  @Test
  void sizesAreThoseOfThePage() throws IOException {
    Map<String, String> wrong = new TreeMap<>();
    for (Libraries.Row row : Libraries.inTheFlatJar().values()) {
      long kilobytes = Math.round((double) bytes.getOrDefault(row.name(), 0L) / KILO);
      if (Math.abs(kilobytes - row.kilobytes()) > Math.max(2, kilobytes / 20)) {
        wrong.put(row.name(), row.kilobytes() + " KB on the page, " + kilobytes + " in the jar");
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Of each entry of each listed library, which that is. */
  private static Map<String, String> owners() throws IOException {
    Map<String, Libraries.Row> rows = Libraries.inTheFlatJar();
    Map<String, String> owners = new HashMap<>();
    for (Path path : Libraries.jars()) {
      Optional<Libraries.Row> row = Libraries.of(path, rows);
      if (row.isPresent()) {
        try (JarFile jar = new JarFile(path.toFile())) {
          jar.stream()
              .filter(entry -> !entry.isDirectory())
              .forEach(entry -> owners.putIfAbsent(entry.getName(), row.get().name()));
        }
      }
    }
    return owners;
  }
}
