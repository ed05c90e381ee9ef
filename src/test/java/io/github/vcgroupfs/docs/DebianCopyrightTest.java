package io.github.vcgroupfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The Debian package says who wrote what is in its jar, and under which licence: all libraries that
 * the POM names. deb-test compares it with the list of all that is in the jar.
 */
class DebianCopyrightTest {
  private static final Pattern DEPENDENCY =
      Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);

  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.*?)</artifactId>");

  /** A paragraph has the short name of its licence; paragraphs of their own have the texts. */
  private static final Pattern LICENSE = Pattern.compile("(?m)^License: (.*)$");

  private final String copyright = Files.readString(Path.of("src/dist/debian/copyright"));

  DebianCopyrightTest() throws IOException {}

  @Test
  void namesEveryLibraryOfTheProgram() throws IOException {
    List<String> libraries =
        DEPENDENCY
            .matcher(dependencies())
            .results()
            .map(found -> found.group(1))
            .filter(found -> !found.contains("<scope>test") && !found.contains("<scope>provided"))
            .flatMap(found -> ARTIFACT.matcher(found).results())
            .map(found -> found.group(1))
            .toList();
    assertThat(libraries).isNotEmpty();
    assertThat(libraries)
        .allSatisfy(library -> assertThat(copyright).containsPattern("[: ]" + library + "\\b"));
  }

  @Test
  void hasTheTextOfEveryLicence() {
    Set<String> named = new TreeSet<>();
    Set<String> texts = new TreeSet<>();
    for (String paragraph : copyright.split("\n\n")) {
      Set<String> licences = paragraph.startsWith("License: ") ? texts : named;
      LICENSE
          .matcher(paragraph)
          .results()
          .map(MatchResult::group)
          .map(line -> line.substring("License: ".length()))
          .forEach(line -> licences.addAll(List.of(line.split(" and "))));
    }
    assertThat(texts).isEqualTo(named);
  }

  /** Those of the program, not those of plugins and profiles. */
  private static String dependencies() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    int begin = pom.indexOf("  <dependencies>\n", pom.indexOf("</dependencyManagement>"));
    return pom.substring(begin, pom.indexOf("  </dependencies>", begin));
  }
}
