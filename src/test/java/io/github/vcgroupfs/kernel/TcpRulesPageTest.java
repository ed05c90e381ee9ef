package io.github.vcgroupfs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page of profiles says of every TCP rule which kernels have it, and how we know. */
class TcpRulesPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/profiles.md");

  @ParameterizedTest
  @EnumSource(TcpFeature.class)
  void eachRuleHasARowWithTheFirstAndTheLastKernelThatHasIt(TcpFeature rule) throws Exception {
    List<String> having =
        Profiles.all().stream()
            .filter(profile -> profile.tcp().has(rule))
            .map(profile -> profile.id().replace("linux-", ""))
            .toList();
    assertThat(having).as("kernels that have %s", rule).isNotEmpty();
    String first = having.get(0);
    String last = having.get(having.size() - 1);
    String kernels = first.equals(last) ? first : first + " to " + last;
    assertThat(Files.readAllLines(PAGE))
        .as("a row of the table of rules in %s", PAGE)
        .anyMatch(line -> line.startsWith("| %s | %s | ".formatted(rule, kernels)));
  }
}
