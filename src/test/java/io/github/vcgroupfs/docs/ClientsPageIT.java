package io.github.vcgroupfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.testing.Needs;
import io.github.vcgroupfs.testing.Program;
import io.github.vcgroupfs.testing.Program.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page of programs on a v1 host: each row names checks that there are, and none is left out.
 */
class ClientsPageIT {
  private static final Path PAGE = Path.of("src/site/markdown/v1-on-v2.md");
  private static final String CLIENTS = "src/test/clients/clients";

  /** A row with cells for four hosts; the last cell names checks. */
  private static final Pattern ROW =
      Pattern.compile("^\\|(?:[^|]*\\|){5} (`[^|]*`) \\|$", Pattern.MULTILINE);

  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  @Test
  void everyRowNamesChecksAndEveryCheckIsInARow() throws Exception {
    Needs.programs("python3");
    Ended list = Program.runToEnd(List.of("python3", CLIENTS, "--list", "--all"));
    assertThat(list.status()).as("%s", list).isZero();
    List<String> checks = list.out().lines().toList();
    List<String> globs =
        ROW.matcher(Files.readString(PAGE)).results().flatMap(row -> quoted(row.group(1))).toList();
    assertThat(globs)
        .as("names on %s that no check has", PAGE)
        .isNotEmpty()
        .allSatisfy(glob -> assertThat(checks).as(glob).anyMatch(check -> matches(glob, check)));
    assertThat(checks)
        .as("checks that %s does not name", PAGE)
        .isNotEmpty()
        .allMatch(check -> globs.stream().anyMatch(glob -> matches(glob, check)));
  }

  private static Stream<String> quoted(String cell) {
    return QUOTED.matcher(cell).results().map((MatchResult name) -> name.group(1));
  }

  private static boolean matches(String glob, String name) {
    return Pattern.matches(Pattern.quote(glob).replace("*", "\\E.*\\Q"), name);
  }
}
