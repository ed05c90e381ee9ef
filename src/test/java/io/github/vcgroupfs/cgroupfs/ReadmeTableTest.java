package io.github.vcgroupfs.cgroupfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.HierarchyExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    StringBuilder text = new StringBuilder();
    text.append("| file | where | mode | with `--strict` | profiles | fidelity | source |\n");
    text.append("| --- | --- | --- | --- | --- | --- | --- |\n");
    for (ControlFile row :
        ControlFilesTest.rows(trees.newHierarchy(Profiles.LWN_2011, new FakeMembership()))) {
      text.append(
          "| %s | %s | %s | %s | %s | %s | %s |\n"
              .formatted(
                  names(row),
                  where(row.visibility()),
                  modes(row, Profiles.all().stream().map(KernelProfile::relaxed)),
                  modes(row, Profiles.all().stream()),
                  profiles(row),
                  row.fidelity().name().toLowerCase(Locale.ROOT),
                  row.source()));
    }
    return text.toString();
  }

  private static String names(ControlFile row) {
    return row.alias() == null
        ? "`" + row.fullName() + "`"
        : "`" + row.fullName() + "`, in `lwn-2011` also `" + row.alias() + "`";
  }

  /** The modes of all profiles that have the file, the oldest first. */
  private static String modes(ControlFile row, Stream<KernelProfile> profiles) {
    String modes =
        profiles
            .filter(profile -> isIn(row, profile))
            .map(profile -> String.format(Locale.ROOT, "%04o", row.mode(profile)))
            .distinct()
            .collect(Collectors.joining(" or "));
    return modes.isEmpty() ? "absent" : modes;
  }

  /** All profiles that have the file, by the first and last of each unbroken row of them. */
  private static String profiles(ControlFile row) {
    List<KernelProfile> all = Profiles.all();
    List<String> spans = new ArrayList<>();
    for (int from = 0; from < all.size(); from++) {
      int to = from;
      while (to < all.size() && isIn(row, all.get(to).relaxed())) {
        to++;
      }
      if (to - from == all.size()) {
        return "all";
      }
      if (to > from) {
        String last = to == all.size() ? "on" : "to " + all.get(to - 1).id();
        spans.add(all.get(from).id() + (to - from == 1 ? "" : " " + last));
        from = to;
      }
    }
    return String.join(", ", spans);
  }

  private static boolean isIn(ControlFile row, KernelProfile profile) {
    return row.isIn(profile, true) || row.isIn(profile, false);
  }

  private static String where(Visibility visibility) {
    return switch (visibility) {
      case EVERYWHERE -> "all groups";
      case ROOT_ONLY -> "root";
      case NOT_ON_ROOT -> "all but the root";
    };
  }
}
