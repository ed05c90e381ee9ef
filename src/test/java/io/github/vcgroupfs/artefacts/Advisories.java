package io.github.vcgroupfs.artefacts;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Looks libraries and plugins up in an unpacked copy of a database of advisories, without any
 * network: what {@code mount-scripts/advisories} runs. Versions are compared as Maven does.
 */
final class Advisories {
  private final List<Advisory> advisories = new ArrayList<>();
  private int files;

  private Advisories() {}

  /**
   * @param args the database, a folder or a zip file with one JSON file in OSV's format for each
   *     advisory; then files with components
   */
  public static void main(String[] args) throws IOException {
    if (args.length < 2) {
      System.err.println("advisories: needs DATABASE and at least one list of components");
      System.exit(2);
    }
    TreeSet<String> seen = new TreeSet<>();
    List<Component> components = new ArrayList<>();
    for (int index = 1; index < args.length; index++) {
      for (Component each : Component.read(Path.of(args[index]))) {
        if (seen.add(each.toString())) {
          components.add(each);
        }
      }
    }
    System.exit(report(read(Path.of(args[0])), components, System.out));
  }

  static Advisories read(Path database) throws IOException {
    Advisories read = new Advisories();
    if (Files.isDirectory(database)) {
      read.readFolder(database);
    } else {
      try (FileSystem zip = FileSystems.newFileSystem(database)) {
        read.readFolder(zip.getPath("/"));
      }
    }
    return read;
  }

  private void readFolder(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) walk::iterator) {
        if (file.toString().endsWith(".json")) {
          readFile(Files.readString(file, StandardCharsets.UTF_8));
        }
      }
    }
  }

  private void readFile(String text) throws IOException {
    files++;
    if (text.contains("\"Maven\"") || text.contains("\"npm\"")) {
      Map<String, Object> file = JSON.std.mapFrom(text);
      advisories.addAll(Advisory.of(file));
    }
  }

  List<String> about(Component component) {
    return advisories.stream()
        .filter(each -> component.is(each.ecosystem(), each.name()))
        .filter(each -> each.isAbout(component.version()))
        .map(
            each ->
                "%s\t%s\t%s\t%s"
                    .formatted(
                        component, each.id(), String.join(",", each.aliases()), each.summary()))
        .distinct()
        .toList();
  }

  /**
   * Prints what is known of these components.
   *
   * @return the exit status: 0 nothing, 1 something, 3 the database or the list is empty
   */
  static int report(Advisories database, List<Component> components, PrintStream out) {
    int found = 0;
    for (Component component : components) {
      List<String> lines = database.about(component);
      lines.forEach(out::println);
      found += lines.size();
    }
    out.printf(
        "%d components, %d advisories in %d files: %d matches%n",
        components.size(), database.advisories.size(), database.files, found);
    if (database.advisories.isEmpty() || components.isEmpty()) {
      return 3; // nothing was looked up: that must not pass for "nothing known"
    }
    return found == 0 ? 0 : 1;
  }
}
