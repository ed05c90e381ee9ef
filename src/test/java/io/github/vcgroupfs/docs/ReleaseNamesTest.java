package io.github.vcgroupfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What can be downloaded has the same names and the same version wherever we name it: on the pages,
 * in the files for CI systems, in the recipes that make it, and in the POM.
 */
class ReleaseNamesTest {
  private static final String README = "README.md";
  private static final String INSTALL = "src/site/markdown/install.md";
  private static final String CI = "src/site/markdown/ci.md";
  private static final String ACTION = "mount-scripts/github/action.yml";
  private static final String UMOUNT = "mount-scripts/github/umount/action.yml";
  private static final String GITLAB = "mount-scripts/gitlab.yml";
  private static final String SCRIPT = "mount-scripts/ci-mount";

  private static final List<String> ALL =
      List.of(README, INSTALL, CI, ACTION, UMOUNT, GITLAB, SCRIPT);

  /** A version of ours: in a name of a file, of a tag, or as the default of a setting. */
  private static final Pattern VERSION =
      Pattern.compile("(?:vcgroupfs[-_]|[/@]v|VERSION(?:: |:-)|default: )(\\d+\\.\\d+[0-9.]*\\d)");

  /** A file of a release, as a page or a script names it. */
  private static final Pattern FILE =
      Pattern.compile("vcgroupfs[-_][^ `\"')\\n]*\\.(?:tar\\.gz|deb)|Containerfile|SHA256SUMS");

  @Test
  void theVersionIsTheSameEverywhereAndThatOfTheLastRelease() throws IOException {
    for (String file : ALL) {
      Set<String> versions = new TreeSet<>(groups(VERSION, read(file)));
      assertThat(versions).as("versions that %s names", file).containsExactly(released());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {README, INSTALL, CI, SCRIPT})
  void namesOfFilesAreThoseThatDistMakes(String file) throws IOException {
    String version = released();
    Set<String> made = new TreeSet<>(List.of("SHA256SUMS"));
    for (String machine : List.of("x86_64", "aarch64", "$(uname -m)", "$machine")) {
      made.add(
          recipe(
              "tar.sh", "NAME.tar.gz", "vcgroupfs-" + version + "-linux-" + machine + ".tar.gz"));
    }
    made.add(recipe("deb.sh", "vcgroupfs_${version}_all.deb", "vcgroupfs_" + version + "_all.deb"));
    made.add("Containerfile");
    List<String> named =
        FILE.matcher(read(file).replace("$version", version))
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(named).as("names in %s", file).isNotEmpty().isSubsetOf(made);
  }

  @Test
  void theReleaseLiesBelowTheProjectsPage() throws IOException {
    String url = group(Pattern.compile("\n  <url>(.*)</url>"), read("pom.xml"));
    String release = url + "/releases/download/v" + released();
    assertThat(read(README)).contains(release + "/").contains(url + "/releases)");
    assertThat(read(INSTALL)).contains("release=" + release + "\n");
    assertThat(read(CI)).contains("release=" + release + "\n");
    assertThat(read(SCRIPT)).contains(release.replace(released(), "$version") + "/");
    String action = "uses: " + url.replace("https://github.com/", "") + "/mount-scripts/github@v";
    assertThat(read(CI)).contains(action);
    assertThat(read(ACTION)).contains(action);
  }

  @Test
  void gitLabHasTheScriptLineForLine() throws IOException {
    String text = read(GITLAB);
    String begin = "<<'end_of_ci_mount'\n";
    String here =
        text.substring(
            text.indexOf(begin) + begin.length(), text.indexOf("      end_of_ci_mount\n"));
    assertThat(here.replaceAll("(?m)^ {6}", ""))
        .as("the script in %s; to copy it: sed 's/^./      &/' %s", GITLAB, SCRIPT)
        .isEqualTo(read(SCRIPT));
  }

  /** An input in the text of a `run` would be read as commands. */
  @ParameterizedTest
  @ValueSource(strings = {ACTION, UMOUNT})
  void anActionHasItsInputsInTheEnvironmentOnly(String file) throws IOException {
    String text = read(file);
    String steps = text.substring(text.indexOf("\nruns:"));
    for (String input : groups(Pattern.compile("(?m)^  (\\w+):\n    description"), inputs(text))) {
      assertThat(steps)
          .as("input %s", input)
          .containsPattern("\\w+: \\$\\{\\{ inputs\\." + input + " }}\n");
    }
    assertThat(steps.substring(steps.indexOf("run: |"))).doesNotContain("${{");
  }

  @Test
  void thePageNamesEveryInputAndVariable() throws IOException {
    String page = read(CI);
    assertThat(groups(Pattern.compile("(?m)^  (\\w+):\n    description"), inputs(read(ACTION))))
        .hasSize(7)
        .allSatisfy(input -> assertThat(page).contains("`" + input + "`"));
    assertThat(groups(Pattern.compile("(?m)^#   (VCGROUPFS_(?!HOME)\\w+)"), read(SCRIPT)))
        .hasSizeGreaterThan(4)
        .allSatisfy(variable -> assertThat(page).contains("`" + variable + "`"));
  }

  private static String inputs(String action) {
    return action.substring(action.indexOf("\ninputs:"), action.indexOf("\nruns:"))
        .split("\noutputs:", -1)[0];
  }

  /** That of the POM; while that is of a version to come, that of the last one in the changelog. */
  static String released() throws IOException {
    String version = group(Pattern.compile("\n  <version>(.*)</version>"), read("pom.xml"));
    return version.endsWith("-SNAPSHOT")
        ? group(Pattern.compile("\n## (\\d[0-9.]*)"), read("src/site/markdown/CHANGELOG.md"))
        : version;
  }

  /** A name, if the recipe makes it in this way. */
  private static String recipe(String file, String way, String name) throws IOException {
    assertThat(read("src/dist/" + file)).contains(way);
    return name;
  }

  private static String read(String file) throws IOException {
    return Files.readString(Path.of(file));
  }

  private static String group(Pattern pattern, String text) {
    List<String> all = groups(pattern, text);
    assertThat(all).as("%s", pattern).isNotEmpty();
    return all.get(0);
  }

  private static List<String> groups(Pattern pattern, String text) {
    List<String> all = new ArrayList<>();
    pattern.matcher(text).results().map(each -> each.group(1)).forEach(all::add);
    return all;
  }
}
