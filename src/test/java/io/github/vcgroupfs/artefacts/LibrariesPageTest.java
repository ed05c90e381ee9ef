package io.github.vcgroupfs.artefacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Decision 5 has the libraries and plugins of the POM, in their versions, each with a licence. */
class LibrariesPageTest {
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([\\w.-]+)}");
  private static final Path UPLOT =
      Path.of("src/main/resources/META-INF/resources/webjars/uplot/dist/uPlot.esm.js");

  private final Document pom;
  private final Map<String, String> properties = new HashMap<>();

  LibrariesPageTest() throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    String text = Files.readString(Path.of("pom.xml"));
    pom = factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    Element first = (Element) pom.getElementsByTagName("properties").item(0);
    for (Node node = first.getFirstChild(); node != null; node = node.getNextSibling()) {
      properties.put(node.getNodeName(), node.getTextContent().strip());
    }
  }

  @Test
  void everyLibraryOfThePomHasItsRow() throws IOException {
    Map<String, String> listed = versions(Libraries.inTheFlatJar());
    listed.putAll(versions(Libraries.ofTests()));
    Map<String, String> expected = new TreeMap<>();
    each("dependency", library -> !isOfPlugin(library))
        .forEach((name, version) -> expected.merge(name, version, this::known));
    expected.remove("org.junit:junit-bom"); // a list
    expected.replaceAll((name, version) -> version.isEmpty() ? listed.get(name) : version);
    assertThat(listed).containsAllEntriesOf(expected);
  }

  @Test
  void everyPluginOfThePomHasItsRow() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    each("plugin", plugin -> true)
        .forEach((name, version) -> expected.merge(artifact(name), version, this::known));
    each("path", path -> true)
        .forEach((name, version) -> expected.merge(artifact(name), version, this::known));
    each("dependency", LibrariesPageTest::isOfPlugin)
        .forEach((name, version) -> expected.merge(artifact(name), version, this::known));
    expected.put("google-java-format", properties.get("google-java-format.version"));
    expected.remove("jcstress-core"); // in the table of tests
    expected.remove("jmh-generator-annprocess"); // a part of jmh-core, which is there
    assertThat(versions(Libraries.ofTheBuild())).isEqualTo(expected);
  }

  /** Also of what no line of the POM names: the versions are those that Maven has taken. */
  @Test
  void whatTestsRunWithIsWhatThePageSays() throws IOException {
    Map<String, Libraries.Row> rows = new HashMap<>(Libraries.inTheFlatJar());
    rows.putAll(Libraries.ofTests());
    for (Libraries.Row row : rows.values()) {
      assertThat(Libraries.jars())
          .filteredOn(jar -> Libraries.isOf(jar, row))
          .as(row.name())
          .allSatisfy(jar -> assertThat(Libraries.of(jar, rows)).isPresent());
    }
    assertThat(Libraries.inTheFlatJar().values())
        .filteredOn(row -> !row.name().startsWith("npm:"))
        .allSatisfy(
            row ->
                assertThat(Libraries.jars()).anyMatch(jar -> Libraries.isOf(jar, row), row.name()));
  }

  @Test
  void theVersionOfUplotIsInItsFile() throws IOException {
    assertThat(Files.readString(UPLOT))
        .contains("uPlot (v" + Libraries.inTheFlatJar().get("npm:uplot").version() + ")");
  }

  @Test
  void everyRowHasALicence() throws IOException {
    Stream.of(Libraries.inTheFlatJar(), Libraries.ofTests(), Libraries.ofTheBuild())
        .flatMap(rows -> rows.values().stream())
        .forEach(row -> assertThat(row.licence()).as(row.name()).matches("[\\w.-]+( WITH .*)?"));
  }

  @Test
  void whatIsShippedHasItsLicenceAndTheText() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    Libraries.inTheFlatJar().forEach((name, row) -> expected.put(name, row.licence()));
    Map<String, String> shipped = new TreeMap<>();
    Libraries.shippedLicences()
        .forEach(
            (name, licence) -> {
              shipped.put(name, licence.get(0));
              assertThat(licence.subList(1, licence.size()))
                  .as(name)
                  .allSatisfy(LibrariesPageTest::assertText);
            });
    assertThat(shipped).isEqualTo(expected);
  }

  private static void assertText(String file) {
    Path text =
        file.equals("Apache-2.0.txt") ? Path.of("LICENSE") : Libraries.LICENSES.resolve(file);
    assertThat(text).as(file).isNotEmptyFile();
  }

  private static Map<String, String> versions(Map<String, Libraries.Row> rows) {
    Map<String, String> versions = new TreeMap<>();
    rows.forEach((name, row) -> versions.put(name, row.version()));
    return versions;
  }

  /** Named once with its version and elsewhere without: managed, or used again in a profile. */
  private String known(String one, String other) {
    return one.isEmpty() ? other : one;
  }

  private Map<String, String> each(String tag, Predicate<Element> wanted) {
    Map<String, String> found = new TreeMap<>();
    NodeList nodes = pom.getElementsByTagName(tag);
    for (int index = 0; index < nodes.getLength(); index++) {
      Element element = (Element) nodes.item(index);
      String artifact = child(element, "artifactId");
      if (!artifact.isEmpty() && wanted.test(element)) {
        String group = child(element, "groupId");
        String name = (group.isEmpty() ? "org.apache.maven.plugins" : group) + ":" + artifact;
        found.merge(name, resolved(child(element, "version")), this::known);
      }
    }
    return found;
  }

  private static boolean isOfPlugin(Element dependency) {
    return dependency.getParentNode().getParentNode().getNodeName().equals("plugin");
  }

  private static String child(Element element, String name) {
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeName().equals(name)) {
        return node.getTextContent().strip();
      }
    }
    return "";
  }

  private String resolved(String version) {
    Matcher matcher = PROPERTY.matcher(version);
    return matcher.matches() ? properties.getOrDefault(matcher.group(1), version) : version;
  }

  private static String artifact(String name) {
    return name.substring(name.indexOf(':') + 1);
  }
}
