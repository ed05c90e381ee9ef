package io.github.vcgroupfs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the program says of itself. */
class VersionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a7af743f20364ceb036f472b2c649026ca539ffa | 2026-11-30T03:24:11Z | 17.0.15+6-Debian"
            + "| vcgroupfs 1.2.3 (commit a7af743f2036, 2026-11-30T03:24:11Z; Java 17.0.15)",
        "a7af743f20364ceb036f472b2c649026ca539ffa-dirty | 2026-11-30T03:24:11Z | 25+36-LTS"
            + "| vcgroupfs 1.2.3 (commit a7af743f2036-dirty, 2026-11-30T03:24:11Z; Java 25)",
        "'' | '' | 21.0.1+12 | vcgroupfs 1.2.3 (Java 21.0.1)",
      })
  void theLine(String commit, String time, String java, String line) {
    Properties build = new Properties();
    build.setProperty("version", "1.2.3");
    build.setProperty("commit", commit);
    build.setProperty("time", time);
    assertThat(Version.line(build, Runtime.Version.parse(java))).isEqualTo(line);
  }

  @Test
  void theBuildHasFilledEverythingIn() {
    assertThat(Version.line())
        .matches(
            "vcgroupfs [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)? \\("
                + "(commit [0-9a-f]{12}(-dirty)?, 20[0-9-]+T[0-9:]+Z; )?Java [0-9.]+\\)");
    assertThat(Version.line()).contains(" " + Version.number() + " ").contains(Version.revision());
  }
}
