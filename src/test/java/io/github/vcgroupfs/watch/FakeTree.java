package io.github.vcgroupfs.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.vcgroupfs.columns.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that looks like a memory hierarchy. */
final class FakeTree {
  private static final ColumnFiles FILES = new ColumnFiles();

  private final Path root;

  FakeTree(Path root) {
    this.root = root;
  }

  /** The control file that shows a column. */
  static String nameOf(Column column) {
    return FILES.names(column).get(0);
  }

  /** A group without memory and swap together, like a kernel without swap accounting. */
  Path mkdir(String path) throws IOException {
    Path group = Files.createDirectories(root.resolve(path));
    for (Column each : List.of(Column.USAGE, Column.MAX_USAGE, Column.FAILCNT, Column.TCP_USAGE)) {
      write(path, each, "0");
    }
    write(path, Column.LIMIT, "9223372036854771712");
    Files.write(group.resolve("cgroup.procs"), "1\n22\n".getBytes(UTF_8));
    Files.write(group.resolve("memory.stat"), "cache 0\n".getBytes(UTF_8));
    return group;
  }

  void write(String path, Column column, String number) throws IOException {
    Files.write(root.resolve(path).resolve(nameOf(column)), (number + "\n").getBytes(UTF_8));
  }

  /** The table of a mount of ours. */
  void table(String text) throws IOException {
    Files.write(root.resolve("sim.groups"), text.getBytes(UTF_8));
  }

  void remove(String path) throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve(path))) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
