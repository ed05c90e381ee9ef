package io.github.vcgroupfs.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes all man pages and completions: {@code Manual SOURCES OUT VERSION TIME}.
 *
 * <p>SOURCES is {@code src/dist}, OUT gets {@code man} and {@code completions}. TIME is that of the
 * release, as seconds since 1970 or as 2026-01-31T00:00:00Z, and is what the pages say: the same
 * sources make the same bytes on every day.
 */
public final class Manual {
  /** Where the page of the mount helper is: it has no model, but the date and version of the others. */
  static final String HELPER_PAGE = "mount.fuse.vcgroupfs.8";

  private final Path sources;
  private final Program program;
  private final String version;
  private final String date;

  /**
   * For one version.
   *
   * @param sources the folder with {@code man} and {@code completions}
   * @param time of the release
   */
  Manual(Path sources, String version, Instant time) {
    this.sources = sources;
    this.program = Program.read();
    this.version = version;
    this.date = LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
  }

  /** Writes the files. */
  public static void main(String[] args) throws IOException {
    if (args.length != 4) {
      throw new IllegalArgumentException("Manual SOURCES OUT VERSION TIME, not " + args.length + " words");
    }
    Path out = Path.of(args[1]);
    for (Map.Entry<String, String> each :
        new Manual(Path.of(args[0]), args[2], time(args[3])).files().entrySet()) {
      Path file = out.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, each.getValue());
    }
  }

  private static Instant time(String text) {
    return text.matches("\\d+") ? Instant.ofEpochSecond(Long.parseLong(text)) : Instant.parse(text);
  }

  /** The text of each file, by its name below the folder. */
  Map<String, String> files() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    ManPage pages = new ManPage(program, version, date);
    for (Command each : program.all()) {
      String name = ManPage.file(each);
      files.put("man/" + name, pages.made(each, source("man/" + name)));
    }
    files.put("man/" + HELPER_PAGE, pages.made(program.itself(), source("man/" + HELPER_PAGE)));
    files.put("completions/vcgroupfs", new BashTables(program).into(source("completions/vcgroupfs.bash")));
    files.put("completions/_vcgroupfs", new ZshTables(program).into(source("completions/vcgroupfs.zsh")));
    files.put("completions/vcgroupfs.fish", new FishTables(program).into(source("completions/vcgroupfs.fish")));
    return files;
  }

  private String source(String name) throws IOException {
    return Files.readString(sources.resolve(name));
  }
}
