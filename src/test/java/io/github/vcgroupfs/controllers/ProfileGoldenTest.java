package io.github.vcgroupfs.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.vcgroupfs.cgroup.FakeMembership;
import io.github.vcgroupfs.cgroupfs.CgroupFs;
import io.github.vcgroupfs.cgroupfs.OpenFlags;
import io.github.vcgroupfs.cgroupfs.SizeMode;
import io.github.vcgroupfs.cgroupfs.fault.Faults;
import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.FileSources;
import io.github.vcgroupfs.cgroupfs.file.FileTable;
import io.github.vcgroupfs.cgroupfs.file.ReadShape;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.VisibleFile;
import io.github.vcgroupfs.cgroupfs.file.WriteShape;
import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.kernel.ErrnoException;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.kernel.Profiles;
import io.github.vcgroupfs.memcg.MemCgroup;
import io.github.vcgroupfs.memcg.MemoryTree;
import io.github.vcgroupfs.memcg.MemoryTrees;
import io.github.vcgroupfs.rights.Sharing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The listing of a root and of a fresh group, with mode and content of every file, against {@code
 * src/test/resources/profiles}. The golden files were compared, line by line, with what kernel
 * sources say (kernel-facts.md, files and modes; kernel-facts.md, fresh groups); a change to one is
 * a change of behaviour and has a line in the changelog.
 */
class ProfileGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/profiles");

  @RegisterExtension final MemoryTrees trees = new MemoryTrees();

  static Stream<Arguments> listings() {
    return Profiles.all().stream()
        .flatMap(
            strict ->
                Stream.of(
                    Arguments.of(strict.id(), "root.txt", strict.relaxed()),
                    Arguments.of(strict.id(), "group.txt", strict.relaxed()),
                    Arguments.of(strict.id() + "-strict", "root.txt", strict),
                    Arguments.of(strict.id() + "-strict", "group.txt", strict)));
  }

  @ParameterizedTest(name = "{0}/{1}")
  @MethodSource("listings")
  void listingModesAndFreshContentsAreAsWritten(String folder, String file, KernelProfile profile)
      throws Exception {
    MemoryTree tree = trees.newTree(profile, new FakeMembership());
    MemCgroup group = tree.mkdir(tree.root(), "fresh");
    boolean root = file.equals("root.txt");
    String listing = listing(tree, root ? tree.root() : group);
    Path golden = GOLDEN.resolve(folder).resolve(file);
    if (Boolean.getBoolean("vcgroupfs.regenerate")) {
      Files.createDirectories(golden.getParent());
      Files.writeString(golden, listing);
    }
    assertThat(golden)
        .as("a golden file; if the new behaviour is meant: %s", ReadmeTableTest.REGENERATE)
        .exists();
    assertThat(listing)
        .as("%s; if the new behaviour is meant: %s", golden, ReadmeTableTest.REGENERATE)
        .isEqualTo(Files.readString(golden));
  }

  private static String listing(MemoryTree tree, MemCgroup group) throws ErrnoException {
    FileSources sources = ServedStandIns.of(tree.tree());
    FileTable table = new FileTable(tree.profile(), sources.rows(), EnumSet.allOf(Served.class));
    StringBuilder text = new StringBuilder();
    for (VisibleFile file : table.files(group.isRoot())) {
      text.append("0%o %s%n".formatted(file.mode(), file.name()));
      if (isServedByOthers(file.row())) {
        text.append("  (served by another package)\n");
      } else if (file.handler().readShape() != ReadShape.NONE) {
        String content =
            content(newFs(tree, sources), (group.isRoot() ? "" : group.path()) + "/" + file.name());
        content.lines().forEach(line -> text.append("  |").append(line).append('\n'));
        if (!content.isEmpty() && !content.endsWith("\n")) {
          text.append("  (no newline at the end)\n");
        }
      }
    }
    return text.toString();
  }

  /** Anew for each file, so that the refusals of one are not in sim.why. */
  private static CgroupFs newFs(MemoryTree tree, FileSources sources) {
    return new CgroupFs(
        tree.tree(),
        sources,
        SizeMode.ZERO,
        Sharing.byDefault(Caller.SELF),
        Clock.systemUTC(),
        new Faults(0, ms -> {}));
  }

  private static boolean isServedByOthers(ControlFile row) {
    return row.served() != null
        && ServedStandIns.SERVED.contains(row.served())
        && row.handler().writeShape() != WriteShape.NONE;
  }

  private static String content(CgroupFs fs, String path) throws ErrnoException {
    long handle = fs.open(Caller.SELF, path, new OpenFlags(false, false));
    try {
      return new String(fs.read(Caller.SELF, handle, 0, 1 << 16), StandardCharsets.ISO_8859_1);
    } catch (ErrnoException refusal) {
      return "!" + refusal.errno();
    } finally {
      fs.release(handle);
    }
  }
}
