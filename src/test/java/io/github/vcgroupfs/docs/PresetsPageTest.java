package io.github.vcgroupfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.fixture.Fixture;
import io.github.vcgroupfs.fixture.Presets;
import io.github.vcgroupfs.kernel.Profiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of the presets tells of each, in the order of {@code vcgroupfs presets}. */
class PresetsPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "."), "src", "site", "markdown", "presets.md");

  /** A chapter, and the preset that its session mounts. */
  private static final Pattern CHAPTER =
      Pattern.compile("(?s)\n## ([a-z-]+)\n.*?<!-- session -->.*? mount --preset ([a-z-]+) ");

  @Test
  void everyPresetHasAChapterWithASession() throws Exception {
    List<MatchResult> chapters = CHAPTER.matcher(Files.readString(PAGE)).results().toList();
    assertThat(chapters).extracting(each -> each.group(1)).isEqualTo(Presets.names());
    assertThat(chapters).extracting(each -> each.group(2)).isEqualTo(Presets.names());
  }

  @Test
  void everyPresetCanBeReadAndSaysWhatItIsAndOfWhichKernel() throws Exception {
    for (String name : Presets.names()) {
      Fixture preset = Presets.read(name);
      assertThat(preset.about()).as(name).hasSizeBetween(20, 120);
      assertThat(preset.profile().flatMap(Profiles::byId)).as(name).isPresent();
    }
  }
}
