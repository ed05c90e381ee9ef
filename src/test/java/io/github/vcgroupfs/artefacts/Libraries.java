package io.github.vcgroupfs.artefacts;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tables of decision 5: what is in the flat jar, what tests are made with, what the build is
 * made with. Immutable.
 */
final class Libraries {
  static final Path PAGE = Path.of("src/site/markdown/decisions/0005-libraries.md");
  static final Path LICENSES = Path.of("src/dist/licenses");

  private static final Pattern NAME = Pattern.compile("`([\\w.:-]+)`");

  private Libraries() {}

  /**
   * One library or plugin.
   *
   * @param name group and artifact; of a plugin its artifact alone
   * @param version as the page has it
   * @param licence SPDX
   * @param kilobytes in the flat jar; 0 in the other tables
   */
  record Row(String name, String version, String licence, int kilobytes) {}

  static Map<String, Row> inTheFlatJar() throws IOException {
    return rows("## In the flat jar");
  }

  static Map<String, Row> ofTests() throws IOException {
    return rows("## Tests");
  }

  static Map<String, Row> ofTheBuild() throws IOException {
    return rows("## The build");
  }

  /** Of each component its licence and the files that have its text: the list that is shipped. */
  static Map<String, List<String>> shippedLicences() throws IOException {
    Map<String, List<String>> licences = new LinkedHashMap<>();
    for (String line : Files.readAllLines(LICENSES.resolve("THIRD-PARTY.md"))) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 5 && cells[1].contains(":")) {
        licences.put(
            cells[1].strip(),
            Stream.concat(Stream.of(cells[2]), Stream.of(cells[3].split(",")))
                .map(String::strip)
                .toList());
      }
    }
    return licences;
  }

  /** The rows below a heading. Artifacts of one project may share a row. */
  private static Map<String, Row> rows(String heading) throws IOException {
    Map<String, Row> rows = new LinkedHashMap<>();
    boolean below = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("## ")) {
        below = line.equals(heading);
      }
      String[] cells = line.split("\\|", -1);
      if (below && cells.length > 4) {
        Matcher names = NAME.matcher(cells[1]);
        while (names.find()) {
          Row row = new Row(names.group(1), cells[2].strip(), cells[3].strip(), size(cells[4]));
          if (rows.put(row.name(), row) != null) {
            throw new IllegalStateException(row.name() + " has two rows in " + PAGE);
          }
        }
      }
    }
    return rows;
  }

  /** The first number of "11 (84)". */
  private static int size(String cell) {
    Matcher matcher = Pattern.compile("\\s*(\\d+) \\(\\d+\\)\\s*").matcher(cell);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  /** The jars of the class path of the tests: all libraries, whole. */
  static List<Path> jars() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(each -> each.endsWith(".jar"))
        .map(Path::of)
        .filter(Files::exists)
        .toList();
  }

  /** Which of these a jar is, by where it lies in a repository: GROUP/ARTIFACT/VERSION/FILE. */
  static Optional<Row> of(Path jar, Map<String, Row> rows) {
    return rows.values().stream()
        .filter(row -> row.name().contains(":"))
        .filter(row -> jar.getParent().endsWith(folder(row).resolve(row.version())))
        .findAny();
  }

  /** Whether a jar is one of this library, in whatever version. */
  static boolean isOf(Path jar, Row row) {
    return row.name().contains(":") && jar.getParent().getParent().endsWith(folder(row));
  }

  private static Path folder(Row row) {
    String[] name = row.name().split(":", -1);
    return Path.of(name[0].replace('.', '/'), name[1]);
  }
}
