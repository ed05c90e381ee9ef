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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The Debian package says who wrote what is in its jar, and under which licence: for the libraries
 * that the list of licences has, and for no others.
 */
class DebianCopyrightTest {
  private static final Path LICENSES = Path.of("src/dist/licenses/THIRD-PARTY.md");

  /**
   * Group and artifact of a library: the first column of the list, and the comments of the
   * package's file.
   */
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([a-z][a-z0-9.]*:[a-z0-9-]+) \\|");

  private static final Pattern COMMENT = Pattern.compile("(?m)^Comment: .*(\\n .*)*");
  private static final Pattern LIBRARY = Pattern.compile("([a-z][a-z0-9.]*:[a-z0-9-]+)");

  /** A paragraph has the short name of its licence; paragraphs of their own have the texts. */
  private static final Pattern LICENSE = Pattern.compile("(?m)^License: (.*)$");

  private final String copyright = Files.readString(Path.of("src/dist/debian/copyright"));

  DebianCopyrightTest() throws IOException {}

  @Test
  void namesTheLibrariesOfTheProgram() throws IOException {
    Set<String> listed =
        ROW.matcher(Files.readString(LICENSES))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> named =
        COMMENT
            .matcher(copyright)
            .results()
            .map(MatchResult::group)
            .flatMap(comment -> LIBRARY.matcher(comment.substring("Comment:".length())).results())
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(listed).isNotEmpty();
    assertThat(named).isEqualTo(listed);
  }

  @Test
  void hasTheTextOfEveryLicence() {
    Set<String> named = new TreeSet<>();
    Set<String> texts = new TreeSet<>();
    for (String paragraph : copyright.split("\n\n", -1)) {
      Set<String> licences = paragraph.startsWith("License: ") ? texts : named;
      LICENSE
          .matcher(paragraph)
          .results()
          .map(found -> found.group(1))
          .forEach(line -> licences.addAll(List.of(line.split(" and ", -1))));
    }
    assertThat(texts).isEqualTo(named);
  }
}
