package io.github.vcgroupfs.artefacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The list of materials that the build makes has the libraries of the flat jar, as decision 5 has
 * them. That it has the form of CycloneDX the plugin checks itself.
 */
class SbomIT {
  /** What the plugin makes of a POM's words, where we chose another: {@code FinishBom} puts it. */
  private static final Set<String> CORRECTED = Set.of("org.jline:jline-terminal");

  private Map<String, Object> bom;

  @BeforeEach
  void read() throws IOException {
    Path file = Path.of(System.getProperty("vcgroupfs.bom", "target/sbom/bom.json"));
    assertThat(file).as("made by `mvn verify`, and not by a quick build").exists();
    bom = JSON.std.mapFrom(Files.readString(file));
  }

  @Test
  void itHasTheLibrariesOfTheFlatJar() throws IOException {
    Set<String> listed =
        components().stream()
            .map(each -> each.get("group") + ":" + each.get("name") + ":" + each.get("version"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> expected =
        Libraries.inTheFlatJar().values().stream()
            .filter(row -> !row.name().startsWith("npm:")) // added by FinishBom
            .map(row -> row.name() + ":" + row.version())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(listed).isEqualTo(expected);
  }

  @Test
  void licencesAreThoseOfThePage() throws IOException {
    Map<String, Libraries.Row> rows = Libraries.inTheFlatJar();
    for (Map<String, Object> each : components()) {
      String name = each.get("group") + ":" + each.get("name");
      if (!CORRECTED.contains(name)) {
        assertThat(each.get("licenses").toString())
            .as(name)
            .contains("id=" + rows.get(name).licence());
      }
    }
  }

  @Test
  void nothingInItChangesWithTime() {
    assertThat(bom).doesNotContainKey("serialNumber");
    assertThat((Map<?, ?>) bom.get("metadata")).isNotNull();
    assertThat(((Map<?, ?>) bom.get("metadata")).containsKey("timestamp")).isFalse();
  }

  @SuppressWarnings("unchecked") // JSON
  private List<Map<String, Object>> components() {
    return (List<Map<String, Object>>) bom.get("components");
  }
}
