package io.github.vcgroupfs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of differences is what {@code profiles --diff} says of each profile and the next. */
class ProfileDifferencesPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/profile-differences.md");
  private static final String REGENERATE =
      "mvn -Dvcgroupfs.quick -Dvcgroupfs.regenerate=true"
          + " -Dtest=ProfileDifferencesPageTest test";

  @Test
  void thePageIsWhatTheCommandSays() throws Exception {
    String page = page();
    if (Boolean.getBoolean("vcgroupfs.regenerate")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).as("make it with: %s", REGENERATE).exists();
    assertThat(Files.readString(PAGE)).as("make it anew with: %s", REGENERATE).isEqualTo(page);
  }

  private static String page() throws ErrnoException {
    StringBuilder text = new StringBuilder();
    text.append("# What changed from profile to profile\n\n");
    text.append("Each profile against the one before it: ");
    text.append("`mount-scripts/vcgroupfs profiles --diff A B`, for any two.\n");
    text.append(
        "`+` came, `-` went, and what changed says what it was and what it is. First the files ");
    text.append("of a root group and of a new group in it,\n");
    text.append("with mode and content, as with `--strict`; then features, constants and rules. ");
    text.append("What stands behind each: ");
    text.append("[profiles](profiles.md).\n\n");
    text.append("Made by `").append(REGENERATE).append("`.\n");
    List<KernelProfile> all = Profiles.all();
    for (int i = 1; i < all.size(); i++) {
      KernelProfile from = all.get(i - 1);
      KernelProfile to = all.get(i);
      text.append("\n## ").append(from.id()).append(" to ").append(to.id()).append("\n\n");
      text.append("```text\n");
      ProfileDiff.lines(from, to).forEach(line -> text.append(line).append('\n'));
      text.append("```\n");
    }
    return text.toString();
  }
}
