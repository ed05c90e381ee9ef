package io.github.vcgroupfs.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes all man pages and completions: {@code Manual SOURCES OUT VERSION TIMES}.
 *
 * <p>SOURCES is {@code src/manual}, OUT gets {@code man} and {@code completions}. The pages have the
 * day of the release: the first of TIMES (between commas) that is known, as 2026-01-31T00:00:00Z;
 * SOURCE_DATE_EPOCH in the environment, in seconds since 1970, comes before it. So the same sources
 * make the same bytes on every day.
 */
public final class Manual {
  /**
   * Where the page of the mount helper is: it has no model, but the date and version of the others.
   */
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
  public Manual(Path sources, String version, Instant time) {
    this.sources = sources;
    this.program = Program.read();
    this.version = version;
    this.date = LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
  }

  /** Writes the files. */
  public static void main(String[] args) throws IOException {
    if (args.length != 4) {
      throw new IllegalArgumentException(
          "wanted: SOURCES OUT VERSION TIMES, not " + args.length + " words");
    }
    Path out = Path.of(args[1]);
    for (Map.Entry<String, String> each :
        new Manual(Path.of(args[0]), args[2], time(args[3])).files().entrySet()) {
      Path file = out.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, each.getValue());
    }
  }

  private static Instant time(String times) {
    String epoch = System.getenv("SOURCE_DATE_EPOCH");
    if (epoch != null && !epoch.isEmpty()) {
      return Instant.ofEpochSecond(Long.parseLong(epoch));
    }
    return Stream.of(times.split(",", -1))
        .filter(each -> !each.isEmpty())
        .findFirst()
        .map(Instant::parse)
        .orElseThrow();
  }

  /** The text of each file, by its name below the folder. */
  public Map<String, String> files() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    ManPage pages = new ManPage(program, version, date);
    for (Command each : program.all()) {
      String name = ManPage.file(each);
      files.put("man/" + name, pages.made(each, source("man/" + name)));
    }
    files.put("man/" + HELPER_PAGE, pages.made(program.itself(), source("man/" + HELPER_PAGE)));
    files.put(
        "completions/vcgroupfs",
        new BashTables(program).into(source("completions/vcgroupfs.bash")));
    files.put(
        "completions/_vcgroupfs", new ZshTables(program).into(source("completions/vcgroupfs.zsh")));
    files.put(
        "completions/vcgroupfs.fish",
        new FishTables(program).into(source("completions/vcgroupfs.fish")));
    return files;
  }

  private String source(String name) throws IOException {
    return Files.readString(sources.resolve(name));
  }
}
