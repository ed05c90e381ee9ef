import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the source folder of the site ({@code mvn site} starts this file by itself). The pages are
 * written for people who read them in the repository, so four things must change, and nothing else:
 * README becomes the landing page; links to pictures and to files of the repository lead to where
 * these are on the site, or to the repository in the web; headings get the anchors that links use,
 * which are those of GitHub; what was typed at a prompt is not coloured as a program.
 */
final class SitePages {
  /** Code, which is left alone; or the end of a link: {@code ](target#anchor)}. */
  private static final Pattern LINK =
      Pattern.compile(
          "^```.*?^```|`[^`\n]+`|\\]\\((?!https?:|#)([^)#]+)(#[^)]*)?\\)",
          Pattern.DOTALL | Pattern.MULTILINE);

  /** Code, which is left alone; or a heading. */
  private static final Pattern HEADING =
      Pattern.compile("^```.*?^```|^(#{2,6}) ([^\n]*)$", Pattern.DOTALL | Pattern.MULTILINE);

  private final Path root;
  private final Path source;
  private final Path site;
  private final String web;

  private SitePages(Path root, Path site, String web) {
    this.root = root;
    source = root.resolve("src/site");
    this.site = site;
    this.web = web;
  }

  /**
   * Makes it anew.
   *
   * @param args the repository; the folder to make; where the files of the repository are in the
   *     web
   */
  public static void main(String[] args) throws IOException {
    new SitePages(Path.of(args[0]), Path.of(args[1]), args[2]).make();
  }

  private void make() throws IOException {
    if (Files.exists(site)) {
      try (Stream<Path> old = Files.walk(site)) {
        for (Path each : old.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(each);
        }
      }
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(source)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path copy = site.resolve(source.relativize(file));
      Files.createDirectories(copy.getParent());
      if (file.toString().endsWith(".md")) {
        Files.writeString(copy, page(file));
      } else {
        Files.copy(file, copy);
      }
    }
    Files.writeString(site.resolve("markdown/index.md"), page(root.resolve("README.md")));
  }

  private String page(Path file) throws IOException {
    String text = Files.readString(file).replaceAll("(?m)^```console$", "```");
    text = LINK.matcher(text).replaceAll(link -> quote(link(file, link)));
    Map<String, Integer> seen = new HashMap<>();
    return HEADING.matcher(text).replaceAll(heading -> quote(heading(heading, seen)));
  }

  private static String quote(String text) {
    return Matcher.quoteReplacement(text);
  }

  private String link(Path page, MatchResult link) {
    if (link.group(1) == null) {
      return link.group();
    }
    Path target = page.resolveSibling(link.group(1)).normalize();
    String anchor = link.group(2) == null ? "" : link.group(2);
    Path place = placeOf(target);
    String url =
        place == null
            ? web + root.relativize(target)
            : placeOf(page).getParent().relativize(place).toString();
    return "](" + url + anchor + ")";
  }

  /** Where a file of the repository is on the site; null if it is not there. */
  private Path placeOf(Path file) {
    Path top = Path.of("/");
    if (file.equals(root.resolve("README.md"))) {
      return top.resolve("index.md");
    }
    for (String folder : List.of("markdown", "resources")) {
      if (file.startsWith(source.resolve(folder)) && Files.isRegularFile(file)) {
        return top.resolve(source.resolve(folder).relativize(file));
      }
    }
    return null;
  }

  private static String heading(MatchResult heading, Map<String, Integer> seen) {
    if (heading.group(1) == null) {
      return heading.group();
    }
    String anchor =
        heading
            .group(2)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N}_ -]", "")
            .replace(' ', '-');
    int before = seen.merge(anchor, 1, Integer::sum) - 1;
    String unique = before == 0 ? anchor : anchor + "-" + before;
    return "%s <a id=\"%s\"></a>%s".formatted(heading.group(1), unique, heading.group(2));
  }
}
