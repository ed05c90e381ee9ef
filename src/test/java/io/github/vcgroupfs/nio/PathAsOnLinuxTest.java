package io.github.vcgroupfs.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Paths and globs give the same texts as those of the JDK's own file system on Linux. */
@EnabledOnOs(OS.LINUX)
class PathAsOnLinuxTest {
  private static final long SEED = 20111206;
  private static final String PATH_PIECES = "abc.:/é*";
  private static final String GLOB_PIECES = "ab.*?[]{}!^-,\\/&";

  private static String some(Random random, String pieces, int most) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(most); left > 0; left--) {
      text.append(pieces.charAt(random.nextInt(pieces.length())));
      text.append(random.nextInt(4) == 0 ? "/.." : random.nextInt(4) == 0 ? "/" : "");
    }
    return text.toString();
  }

  private static String outcome(Function<FileSystem, Object> question, FileSystem asked) {
    try {
      return String.valueOf(question.apply(asked));
    } catch (RuntimeException e) {
      return e.getClass().getName() + ": " + e.getMessage();
    }
  }

  private static void same(String what, FileSystem ours, Function<FileSystem, Object> question) {
    assertThat(outcome(question, ours))
        .as("seed %d: %s", SEED, what)
        .isEqualTo(outcome(question, FileSystems.getDefault()));
  }

  private static List<Object> all(Path a, Path b) {
    List<Object> all = new ArrayList<>();
    all.add(a);
    all.add(a.normalize());
    all.add(a.getParent());
    all.add(a.getFileName());
    all.add(a.getRoot());
    all.add(a.getNameCount());
    all.add(a.resolve(b));
    all.add(a.resolveSibling(b));
    all.add(a.startsWith(b));
    all.add(a.endsWith(b));
    all.add(a.equals(b));
    all.add(Integer.signum(a.compareTo(b)));
    all.add(a.hashCode());
    all.add(a.isAbsolute());
    a.iterator().forEachRemaining(all::add);
    return all;
  }

  @Test
  void pathsAreTheSame() throws IOException {
    Random random = new Random(SEED);
    try (VirtualCgroupFileSystem ours = VirtualCgroupFileSystem.builder().open()) {
      for (int i = 0; i < 3000; i++) {
        String a = some(random, PATH_PIECES, 8);
        String b = some(random, PATH_PIECES, 5);
        same(a + " with " + b, ours, fs -> all(fs.getPath(a), fs.getPath(b)));
        same(a + " from " + b, ours, fs -> fs.getPath(b).relativize(fs.getPath(a)));
        same(a + " part", ours, fs -> fs.getPath(a).subpath(b.length() % 3, b.length()));
      }
    }
  }

  @Test
  void globsAreTheSame() throws IOException {
    Random random = new Random(SEED);
    try (VirtualCgroupFileSystem ours = VirtualCgroupFileSystem.builder().open()) {
      for (int i = 0; i < 3000; i++) {
        StringBuilder glob = new StringBuilder();
        for (int left = random.nextInt(9); left > 0; left--) {
          glob.append(GLOB_PIECES.charAt(random.nextInt(GLOB_PIECES.length())));
        }
        String path = some(random, "ab.-^", 5);
        same(
            glob + " on " + path,
            ours,
            fs -> fs.getPathMatcher("glob:" + glob).matches(fs.getPath(path)));
      }
    }
  }
}
