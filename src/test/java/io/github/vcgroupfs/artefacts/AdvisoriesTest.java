package io.github.vcgroupfs.artefacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code mount-scripts/advisories} finds, in a small database in OSV's format. */
class AdvisoriesTest {
  private static final Component OLD_NETTY =
      new Component("io.netty", "netty-common", "4.1.117.Final");

  @TempDir private Path dir;

  @ParameterizedTest
  @CsvSource({
    "4.1.100.Final, true", // CVE-2025-25193: up to 4.1.117
    "4.1.117.Final, true",
    "4.1.118.Final, false",
    "4.1.140.Final, false",
    "4.2.0.Final, false",
  })
  void anOldNettyIsFound(String version, boolean found) throws IOException {
    put("netty", NETTY);
    assertThat(about(new Component("io.netty", "netty-common", version))).hasSize(found ? 1 : 0);
    assertThat(about(new Component("io.netty", "netty-buffer", version))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2.14.9, false", // before the first range
    "2.15.0, true",
    "2.18.5, true",
    "2.18.6, false", // mended
    "2.19.0, true", // and broken again
    "2.21.0-rc1, true", // as Maven orders versions: before 2.21.0, 2.21.1
    "2.21.1, false",
    "2.23.0, false",
  })
  void severalRangesAreEachLookedAt(String version, boolean found) throws IOException {
    put("jackson", JACKSON);
    assertThat(about(new Component("com.fasterxml.jackson.core", "jackson-core", version)))
        .hasSize(found ? 1 : 0);
  }

  @Test
  void anOldUplotIsFoundAsPackageAndAsWebJar() throws IOException {
    put("uplot", UPLOT);
    assertThat(about(new Component("org.webjars.npm", "uplot", "1.6.30"))).hasSize(1);
    assertThat(about(new Component("npm", "uplot", "1.6.30"))).hasSize(1);
    assertThat(about(new Component("npm", "uplot", "1.6.32"))).isEmpty();
    assertThat(about(new Component("com.example", "uplot", "1.6.30"))).isEmpty();
  }

  @Test
  void whatWasWithdrawnIsNone() throws IOException {
    put("netty", NETTY.replace("\"id\":", "\"withdrawn\": \"2026-01-01T00:00:00Z\", \"id\":"));
    assertThat(about(OLD_NETTY)).isEmpty();
  }

  @Test
  void aVersionMayBeNamed() throws IOException {
    put(
        "named",
        """
        {"id": "X-1", "affected": [{"package": {"ecosystem": "Maven", "name": "a:b"}, "versions": ["1.0"]}]}
        """);
    assertThat(about(new Component("a", "b", "1.0"))).hasSize(1);
    assertThat(about(new Component("a", "b", "1.1"))).isEmpty();
  }

  @Test
  void aZipIsReadAsItIs() throws IOException {
    Path zip = dir.resolve("all.zip");
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.writeString(files.getPath("/GHSA-1.json"), NETTY);
    }
    assertThat(Advisories.read(zip).about(OLD_NETTY)).hasSize(1);
  }

  @Test
  void theReportNamesWhatItFoundAndItsStatusTells() throws IOException {
    put("netty", NETTY);
    assertThat(report(List.of(OLD_NETTY), 1))
        .isEqualTo(
            """
            io.netty:netty-common:4.1.117.Final\tGHSA-389x-839f-4rhx\tCVE-2025-25193\tDenial of Service
            1 components, 1 advisories in 1 files: 1 matches
            """);
    report(List.of(new Component("io.netty", "netty-common", "4.1.140.Final")), 0);
  }

  @Test
  void nothingLookedUpIsNoGoodNews() throws IOException {
    report(List.of(OLD_NETTY), 3); // the database is empty
    put("netty", NETTY);
    report(List.of(), 3);
  }

  @Test
  void componentsAreReadFromABomAndFromLists() throws IOException {
    Path bom = dir.resolve("bom.json");
    Files.writeString(
        bom,
        """
        {"components": [{"purl": "pkg:maven/com.github.jnr/jffi@1.4.3?classifier=native&type=jar"},
                        {"purl": "pkg:npm/uplot@1.6.32"}, {"purl": "pkg:generic/openjdk@25"}, {"name": "none"}]}
        """);
    Path list = dir.resolve("list.txt");
    Files.writeString(
        list,
        """
        The following files have been resolved:
           io.netty:netty-common:jar:4.1.140.Final:compile (optional)
           com.github.jnr:jffi:jar:native:1.4.3:runtime -- module com.github.jffi
           org.apache.maven.plugins:maven-shade-plugin:maven-plugin:3.6.2:runtime
              org.ow2.asm:asm:jar:9.9.1
        """);
    assertThat(Component.read(bom)).hasToString("[com.github.jnr:jffi:1.4.3, npm:uplot:1.6.32]");
    assertThat(Component.read(list))
        .extracting(Component::toString)
        .containsExactly(
            "io.netty:netty-common:4.1.140.Final",
            "com.github.jnr:jffi:1.4.3",
            "org.apache.maven.plugins:maven-shade-plugin:3.6.2",
            "org.ow2.asm:asm:9.9.1");
  }

  private List<String> about(Component component) throws IOException {
    return Advisories.read(dir).about(component);
  }

  private String report(List<Component> components, int status) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    assertThat(Advisories.report(Advisories.read(dir), components, print)).isEqualTo(status);
    return out.toString(StandardCharsets.UTF_8);
  }

  private void put(String name, String json) throws IOException {
    Files.writeString(dir.resolve(name + ".json"), json);
  }

  private static final String NETTY =
      """
      {"id": "GHSA-389x-839f-4rhx", "aliases": ["CVE-2025-25193"], "summary": "Denial of Service",
       "affected": [{"package": {"ecosystem": "Maven", "name": "io.netty:netty-common"},
         "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"last_affected": "4.1.117.Final"}]}]}]}
      """;

  private static final String JACKSON =
      """
      {"id": "GHSA-72hv-8253-57qq", "summary": "Number length",
       "affected": [{"package": {"ecosystem": "Maven", "name": "com.fasterxml.jackson.core:jackson-core"},
         "ranges": [
           {"type": "ECOSYSTEM", "events": [{"introduced": "2.15.0"}, {"fixed": "2.18.6"}]},
           {"type": "ECOSYSTEM", "events": [{"introduced": "2.19.0"}, {"fixed": "2.21.1"}]},
           {"type": "GIT", "events": [{"introduced": "0"}]}]}]}
      """;

  private static final String UPLOT =
      """
      {"id": "GHSA-34q8-jcq6-mc37", "aliases": ["CVE-2024-21489"],
       "affected": [{"package": {"ecosystem": "npm", "name": "uplot"},
         "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.6.31"}]}]}]}
      """;
}
