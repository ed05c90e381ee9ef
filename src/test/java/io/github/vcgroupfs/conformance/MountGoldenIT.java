package io.github.vcgroupfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.testing.EnabledIfFuseAvailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The golden files of every profile over a real mount: names, modes and fresh contents of a group,
 * as system calls show them. What they hold is written by {@code ProfileGoldenTest}.
 */
@EnabledIfFuseAvailable
@Tag("programs")
class MountGoldenIT {
  private static final Path GOLDEN = Path.of("src/test/resources/profiles").toAbsolutePath();

  static Stream<Arguments> mounts() {
    return Profiles.all().stream()
        .map(KernelProfile::id)
        .flatMap(id -> Stream.of(Arguments.of(id, false), Arguments.of(id, true)));
  }

  @ParameterizedTest(name = "{0}, strict: {1}")
  @MethodSource("mounts")
  void aFreshGroupIsAsWritten(String profile, boolean strict) throws Exception {
    Map<String, List<String>> golden = golden(profile + (strict ? "-strict" : ""));
    try (RealMount mount = new RealMount(new CgroupMount.Options(profile, strict, false))) {
      Cgroup group = mount.root().createChild("fresh");
      assertThat(group.list()).containsExactlyInAnyOrderElementsOf(golden.keySet());
      for (Map.Entry<String, List<String>> file : golden.entrySet()) {
        assertThat(shown(group, file.getKey(), file.getValue()))
            .as("%s of %s, strict: %s", file.getKey(), profile, strict)
            .isEqualTo(file.getValue());
      }
    }
  }

  /** Mode and lines by name. */
  private static Map<String, List<String>> golden(String folder) throws IOException {
    Map<String, List<String>> files = new TreeMap<>();
    List<String> current = new ArrayList<>();
    for (String line : Files.readAllLines(GOLDEN.resolve(folder).resolve("group.txt"))) {
      if (line.startsWith("  |")) {
        current.add(line.substring(3));
      } else if (!line.startsWith("  (")) {
        String[] words = line.split(" ", 2);
        current = new ArrayList<>(List.of(words[0]));
        files.put(words[1], current);
      }
    }
    return files;
  }

  /** What the mount shows, in the form of the golden file. */
  private static List<String> shown(Cgroup group, String name, List<String> golden)
      throws ErrnoException {
    List<String> lines = new ArrayList<>(List.of("0%o".formatted(group.stat(name).mode())));
    if (golden.size() > 1) {
      try {
        group.read(name).lines().forEach(lines::add);
      } catch (ErrnoException refusal) {
        lines.add("!" + refusal.errno());
      }
    }
    return lines;
  }
}
