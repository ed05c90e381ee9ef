package io.github.vcgroupfs.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * What {@code --version} prints: the version, the commit that it was built from, and when that was
 * made. Nothing says when it was built: two builds of a commit are the same. The file with all this
 * is read only when somebody asks, since a start has no time for it.
 */
final class Version implements IVersionProvider {
  /** The build fills it in; src/build/commit knows the commit. */
  private static final String FILE = "build.properties";

  private static final String DIRTY = "-dirty";

  /** Digits of a commit that are shown. */
  private static final int DIGITS = 12;

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }

  /** The whole line. */
  static String line() {
    return line(build(), Runtime.version());
  }

  /** The line for a build that says this of itself, on a Java of that version. */
  static String line(Properties build, Runtime.Version java) {
    StringBuilder line = new StringBuilder("vcgroupfs ").append(number(build)).append(" (");
    String revision = revision(build);
    if (!revision.isEmpty()) {
      line.append("commit ").append(revision);
      line.append(", ").append(build.getProperty("time")).append("; ");
    }
    line.append("Java ");
    // 17.0.15+6-Debian: only the numbers
    for (int i = 0; i < java.version().size(); i++) {
      line.append(i == 0 ? "" : ".").append(java.version().get(i));
    }
    return line.append(')').toString();
  }

  /** The version alone: 0.1.0. */
  static String number() {
    return number(build());
  }

  private static String number(Properties build) {
    return build.getProperty("version");
  }

  /** The commit alone, shortened; empty if nobody knew it at build time. */
  static String revision() {
    return revision(build());
  }

  private static String revision(Properties build) {
    String commit = build.getProperty("commit");
    return commit.length() <= DIGITS
        ? commit
        : commit.substring(0, DIGITS) + (commit.endsWith(DIRTY) ? DIRTY : "");
  }

  private static Properties build() {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(FILE)) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build;
  }
}
