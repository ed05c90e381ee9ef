package io.github.vcgroupfs.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.vcgroupfs.columns.Column;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HierarchyTest {
  @TempDir Path folder;
  private FakeTree tree;

  @BeforeEach
  void make() throws Exception {
    tree = new FakeTree(folder);
  }

  private static List<String> paths(Snapshot snapshot) {
    return snapshot.groups().stream().map(GroupSample::path).toList();
  }

  private WatchException refused(Path place) {
    return catchThrowableOfType(WatchException.class, () -> Hierarchy.at(place));
  }

  @Test
  void controlFilesAreRead() throws Exception {
    tree.mkdir("");
    tree.mkdir("web");
    tree.mkdir("web/deep");
    tree.mkdir("a b");
    tree.write("web", Column.USAGE, "4096");
    tree.write("web", Column.LIMIT, "65536");

    Hierarchy found = Hierarchy.at(folder);
    assertThat(found.isOurs() || found.isStrict()).isFalse();
    assertThat(found.profile()).isEmpty();
    Snapshot seen = found.read();
    assertThat(paths(seen)).containsExactly("/", "/a b", "/web", "/web/deep");
    GroupSample web = seen.group("/web").orElseThrow();
    assertThat(web.get(Column.USAGE)).hasValue(4096);
    assertThat(web.get(Column.LIMIT)).hasValue(65536);
    assertThat(web.get(Column.PROCS)).hasValue(2);
    assertThat(web.isUnlimited(Column.LIMIT)).isFalse();
    assertThat(seen.groups().get(0).isUnlimited(Column.LIMIT)).isTrue();
    assertThat(seen.tookNs()).isPositive();
    assertThat(found.directoryOf("/web/deep")).isEqualTo(found.directory().resolve("web/deep"));
    assertThat(found.sockets("/web")).as("a kernel has no such file").isEmpty();
  }

  /** A directory can be moved to where no path leads any more. */
  @Test
  void whatIsTooDeepDoesNotHideTheOthers() throws Exception {
    FakeTree other = new FakeTree(folder.resolveSibling(folder.getFileName() + "-other"));
    Path moved = other.mkdir("m");
    tree.mkdir("");
    tree.mkdir("web");
    String half = "d".repeat(250);
    for (int i = 0; i < 9; i++) {
      tree.mkdir(half);
      other.mkdir("m/" + half);
      half += i < 8 ? "/" + "d".repeat(250) : "";
    }
    Path place = folder.resolve(half).resolve("m");
    Files.move(moved, place);
    try {
      assertThat(paths(Hierarchy.at(folder).read())).contains("/web", "/" + half);
    } finally {
      Files.move(place, moved); // or else nobody could delete it
      other.remove("");
    }
  }

  @Test
  void itSaysWhatCannotBeKnownAndWhy() throws Exception {
    tree.mkdir("");
    Hierarchy found = Hierarchy.at(folder);
    GroupSample top = found.read().groups().get(0);
    for (Column each : Column.all()) {
      assertThat(top.get(each).isPresent())
          .as("%s is known, or there is a reason", each)
          .isEqualTo(found.whyUnknown(each).isEmpty());
    }
    assertThat(found.whyUnknown(Column.MEMSW_USAGE).orElseThrow())
        .isEqualTo("this kernel has no file " + FakeTree.nameOf(Column.MEMSW_USAGE));
    assertThat(found.whyUnknown(Column.WINDOW).orElseThrow()).contains("no file of a kernel");
    Files.delete(folder.resolve("cgroup.procs"));
    assertThat(Hierarchy.at(folder).whyUnknown(Column.PROCS)).isPresent();
  }

  @Test
  void aFileThatOnlyGroupsBelowHaveIsFound() throws Exception {
    tree.mkdir("");
    tree.mkdir("web");
    tree.write("web", Column.MEMSW_USAGE, "12");
    Hierarchy found = Hierarchy.at(folder);
    assertThat(found.whyUnknown(Column.MEMSW_USAGE)).isEmpty();
    Snapshot seen = found.read();
    assertThat(seen.group("/web").orElseThrow().get(Column.MEMSW_USAGE)).hasValue(12);
    assertThat(seen.group("/").orElseThrow().get(Column.MEMSW_USAGE)).isEmpty();
  }

  @Test
  void groupsComeAndGo() throws Exception {
    tree.mkdir("");
    tree.mkdir("web");
    Hierarchy found = Hierarchy.at(folder);
    found.read();
    tree.remove("web");
    tree.mkdir("db");
    Files.createDirectories(folder.resolve("half-gone")); // its files went first
    assertThat(paths(found.read())).containsExactly("/", "/db");
    tree.remove("");
    assertThat(catchThrowableOfType(WatchException.class, found::read).kind())
        .isEqualTo(WatchException.Kind.ABSENT);
  }

  /** What is read of a directory with a table is the table and nothing else. */
  @Test
  void aTableIsReadInstead() throws Exception {
    tree.mkdir("");
    tree.table("# profile linux-6.18\npath\tusage\tlimit\n/\t1\tmax\n/web\\x0a\t2\t-\n");
    Hierarchy found = Hierarchy.at(folder);
    assertThat(found.profile()).contains("linux-6.18");
    Snapshot seen = found.read();
    assertThat(paths(seen)).containsExactly("/", "/web\\x0a");
    assertThat(seen.groups().get(1).get(Column.USAGE)).hasValue(2);
    assertThat(found.whyUnknown(Column.USAGE)).isEmpty();
    assertThat(found.whyUnknown(Column.TCP_USAGE).orElseThrow()).contains("of a version");
    tree.table("odd\n");
    assertThat(catchThrowableOfType(WatchException.class, found::read))
        .hasMessageContaining("\"odd\"");
  }

  @Test
  void namesOfAnyBytesLeadToTheirDirectories() throws Exception {
    tree.mkdir("");
    for (String name : List.of("a\\b", "with\nline", "\u00fcn\u00ef", "tab\there")) {
      Path made = tree.mkdir(name);
      Hierarchy found = Hierarchy.at(folder);
      String path = paths(found.read()).get(1);
      assertThat(path).doesNotContain("\n", "\t");
      assertThat(found.directoryOf(path)).isEqualTo(made.toRealPath());
      tree.remove(name);
    }
  }

  @Test
  void noPathLeadsOut() throws Exception {
    tree.mkdir("");
    Hierarchy found = Hierarchy.at(folder);
    for (String path : List.of("/..", "/a/../..", "/.", "/x\\x2f..\\x2f..")) {
      assertThat(catchThrowableOfType(WatchException.class, () -> found.directoryOf(path)))
          .as("%s", path)
          .isNotNull();
    }
  }

  @Test
  void aHierarchyIsFoundInTheDirectoryThatHasIt() throws Exception {
    Files.createDirectories(folder.resolve("cpu"));
    tree.mkdir("memory");
    assertThat(Hierarchy.at(folder).directory()).isEqualTo(folder.toRealPath().resolve("memory"));
  }

  @Test
  void whatIsNoHierarchyIsRefusedWithAWayOut() throws Exception {
    assertThat(refused(folder).kind()).isEqualTo(WatchException.Kind.ABSENT);
    assertThat(refused(folder)).hasMessageContaining("is no cgroup v1 memory hierarchy");
    assertThat(refused(folder.resolve("nothing"))).hasMessageContaining("there is no directory");
    Path file = Files.write(folder.resolve("file"), "x".getBytes(UTF_8));
    assertThat(refused(file).kind()).isEqualTo(WatchException.Kind.ABSENT);
  }
}
