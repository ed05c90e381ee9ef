package io.github.vcgroupfs.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.FakeMembership;
import io.github.vcgroupfs.memcg.HierarchyExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The README's table of files is made from the rows of {@link ControlFiles}. */
class ReadmeTableTest {
  static final String REGENERATE =
      "mvn -Dvcgroupfs.quick -Dvcgroupfs.regenerate=true"
          + " -Dtest='ReadmeTableTest,ProfileGoldenTest' test";

  private static final Path README = Path.of("README.md");
  private static final String BEGIN = "<!-- files -->\n";
  private static final String END = "<!-- /files -->";

  @RegisterExtension final HierarchyExtension trees = new HierarchyExtension();

  @Test
  void theTableIsThatOfTheRows() throws Exception {
    String readme = Files.readString(README);
    assertThat(readme).as("the markers of the table").containsOnlyOnce(BEGIN).containsOnlyOnce(END);
    int from = readme.indexOf(BEGIN) + BEGIN.length();
    int to = readme.indexOf(END);
    String table = table();
    if (Boolean.getBoolean("vcgroupfs.regenerate")) {
      Files.writeString(README, readme.substring(0, from) + table + readme.substring(to));
      readme = Files.readString(README);
      to = readme.indexOf(END);
    }
    assertThat(readme.substring(from, to))
        .as("the table of files in README.md; make it anew with: %s", REGENERATE)
        .isEqualTo(table);
  }

  private String table() {
    KernelProfile relaxed = Profiles.LWN_2011.relaxed();
    StringBuilder text = new StringBuilder();
    text.append(
        "| file | second name | where | mode | mode with `--strict` | fidelity | source |\n");
    text.append("| --- | --- | --- | --- | --- | --- | --- |\n");
    for (ControlFile row :
        ControlFilesTest.rows(trees.newHierarchy(relaxed, new FakeMembership()))) {
      text.append(
          "| `%s` | %s | %s | %s | %s | %s | %s |\n"
              .formatted(
                  row.fullName(),
                  row.hasAlias(relaxed) ? "`" + row.alias() + "`" : "",
                  where(row.visibility()),
                  mode(row, relaxed),
                  mode(row, Profiles.LWN_2011),
                  row.fidelity().name().toLowerCase(Locale.ROOT),
                  row.source()));
    }
    return text.toString();
  }

  private static String mode(ControlFile row, KernelProfile profile) {
    boolean present = row.isIn(profile, true) || row.isIn(profile, false);
    return present ? "0%o".formatted(row.mode(profile)) : "absent";
  }

  private static String where(Visibility visibility) {
    return switch (visibility) {
      case EVERYWHERE -> "all groups";
      case ROOT_ONLY -> "root";
      case NOT_ON_ROOT -> "all but the root";
    };
  }
}
