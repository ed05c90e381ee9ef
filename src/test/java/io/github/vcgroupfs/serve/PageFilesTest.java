package io.github.vcgroupfs.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of the page, as far as they can be judged without a browser. */
class PageFilesTest {
  private static final Path PAGE =
      Path.of("src/main/resources/io/github/vcgroupfs/serve/page").toAbsolutePath();

  private static final int MAX_LINES = 400;
  private static final int MAX_COLUMNS = 120;

  /** What WCAG 2 asks of text, level AA. */
  private static final double MIN_CONTRAST = 4.5;

  private static final Pattern IMPORT = Pattern.compile("(?:from|import) '(\\./[^']+)'");
  private static final Pattern WEBJAR = Pattern.compile("/webjars/uplot/([\\w.]+)");
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\"'\\s>]+");

  /** What the content security policy forbids in a document. */
  private static final Pattern INLINE =
      Pattern.compile("<style|\\sstyle=|\\son[a-z]+=|<script(?![^>]*\\ssrc=)|javascript:");

  /** What would take text for markup, or for a program. */
  private static final Pattern MARKUP =
      Pattern.compile(
          "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function"
              + "|setAttribute\\('style'|cssText");

  private static final Pattern COLOUR =
      Pattern.compile("(--[\\w-]+): light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\);");

  static Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(PAGE)) {
      return all.sorted().toList().stream();
    }
  }

  static Stream<Path> modules() throws IOException {
    return files().filter(file -> file.toString().endsWith(".js"));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleImportsOnlyWhatIsThere(Path module) throws IOException {
    assertThat(found(IMPORT, Files.readString(module)))
        .allSatisfy(name -> assertThat(PAGE.resolve(name)).exists());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void noModuleTakesTextForMarkup(Path module) throws IOException {
    assertThat(MARKUP.matcher(Files.readString(module)).results().map(r -> r.group())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void nothingComesFromAnotherHost(Path file) throws IOException {
    assertThat(ADDRESS.matcher(Files.readString(file)).results().map(r -> r.group()))
        .allMatch("http://www.w3.org/2000/svg"::equals, "is the name of a format, not an address");
  }

  @ParameterizedTest
  @MethodSource("files")
  void filesAreShort(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSizeLessThanOrEqualTo(MAX_LINES);
    assertThat(lines).allMatch(line -> line.length() <= MAX_COLUMNS);
  }

  @Test
  void theDocumentHasNothingInline() throws IOException {
    String document = Files.readString(PAGE.resolve("index.html"));
    assertThat(INLINE.matcher(document).results().map(r -> r.group())).isEmpty();
    assertThat(INLINE.matcher("<p style='a'><script>").results()).hasSize(2);
  }

  @Test
  void whatThePageTakesFromTheLibraryIsThere() throws IOException {
    List<String> names = new ArrayList<>();
    for (Path file : files().toList()) {
      names.addAll(found(WEBJAR, Files.readString(file)));
    }
    String folder = "/META-INF/resources/webjars/uplot/dist/";
    assertThat(names)
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(PageFilesTest.class.getResource(folder + name)).as(name).isNotNull());
  }

  /** Everything that is text, or names a line of a chart, on everything that it stands on. */
  @ParameterizedTest
  @CsvSource({
    "--panel, --ink --ink-soft --accent --good --bad --warn",
    "--ground, --ink --ink-soft --accent --warn",
    "--sunken, --ink --ink-soft --accent",
    "--bad-soft, --ink --ink-soft --bad",
    "--warn-soft, --warn",
    "--accent-soft, --ink --accent",
    "--accent, --on-accent",
    "--panel, --tone-usage --tone-limit --tone-most --tone-window --tone-sent --tone-received",
    "--panel, --tone-dropped --tone-refused --tone-other",
  })
  void textCanBeReadInLightAndInDark(String ground, String texts) throws IOException {
    Map<String, String[]> colours = new LinkedHashMap<>();
    COLOUR
        .matcher(Files.readString(PAGE.resolve("style.css")))
        .results()
        .forEach(r -> colours.put(r.group(1), new String[] {r.group(2), r.group(3)}));
    for (String text : texts.split(" ", -1)) {
      for (int theme = 0; theme < 2; theme++) {
        assertThat(contrast(colours.get(text)[theme], colours.get(ground)[theme]))
            .as("%s on %s, %s", text, ground, theme == 0 ? "light" : "dark")
            .isGreaterThanOrEqualTo(MIN_CONTRAST);
      }
    }
  }

  /** The contrast ratio of WCAG 2, from 1 to 21. */
  private static double contrast(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String hex) {
    int rgb = Integer.parseInt(hex, 16);
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int channel) {
    double value = (channel & 0xff) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static List<String> found(Pattern pattern, String text) {
    List<String> all = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      all.add(matcher.group(1));
    }
    return all;
  }
}
