package io.github.vcgroupfs.nio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.cgroupfs.file.Served;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was called on a mount: the lines of its {@code sim.journal}, and those lines as calls. It
 * has the changes and refusals of everybody, the test itself included, and keeps the last thousand.
 */
final class MountJournal implements CallReport {
  private static final int LAST_LINES = 10;

  /** More than a journal has lines: calls of the second hierarchy have numbers from here on. */
  private static final long FIRST_OF_NEXT = 1_000_000;

  private static final Duration DAY = Duration.ofDays(1);

  private static final String ARROW = " \u2192 ";

  /** Time, process with its id, call, path, text, errno with its reason. */
  private static final Pattern LINE =
      Pattern.compile(
          "(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}) (.*?\\[[0-9?]+]) ([a-z]+) (.*?)(?: \"(.*)\")?"
              + "(?: \u2192 ([A-Z0-9]+): (.*))?",
          Pattern.DOTALL);

  private static final Pattern ESCAPE = Pattern.compile("\\\\(n|\\\\|x[0-9a-f]{2})");

  private static final int HEXADECIMAL = 16;

  private final List<Path> roots;
  private int forgotten; // guarded by this

  /**
   * Of these hierarchies.
   *
   * @param roots their root directories
   */
  MountJournal(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /** The lines, the oldest first, one hierarchy after the other. */
  List<String> lines() {
    return roots.stream().flatMap(root -> lines(root).stream()).toList();
  }

  /** Those of refusals. */
  List<String> refusals() {
    return lines().stream().filter(line -> line.contains(ARROW)).toList();
  }

  private static List<String> lines(Path root) {
    Path file = root.resolve(Served.JOURNAL.fullName());
    try {
      return new String(Files.readAllBytes(file), UTF_8).lines().toList();
    } catch (NoSuchFileException e) {
      throw OnMount.strict(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The calls that were not forgotten. */
  synchronized List<FileCall> calls() {
    return all().skip(forgotten).toList();
  }

  /** Those of one hierarchy. */
  List<FileCall> calls(Path root) {
    return calls().stream()
        .filter(each -> each.number() / FIRST_OF_NEXT == roots.indexOf(root))
        .toList();
  }

  /** Forgets all calls so far. */
  synchronized void forget() {
    forgotten = (int) all().count();
  }

  private Stream<FileCall> all() {
    return roots.stream().flatMap(this::parsed);
  }

  private Stream<FileCall> parsed(Path root) {
    List<FileCall> calls = new ArrayList<>();
    LocalTime first = null;
    for (String line : lines(root)) {
      Matcher fields = LINE.matcher(line);
      if (fields.matches()) {
        LocalTime at = LocalTime.parse(fields.group(1));
        first = first == null ? at : first;
        calls.add(call(fields, roots.indexOf(root) * FIRST_OF_NEXT + calls.size(), first, at));
      }
    }
    return calls.stream();
  }

  private static FileCall call(Matcher fields, long number, LocalTime first, LocalTime at) {
    FsCall call = FsCall.valueOf(fields.group(3).toUpperCase(Locale.ROOT));
    String path = "/" + unescaped(fields.group(4)).replaceFirst("^/", "");
    boolean ofFile = call == FsCall.OPEN || call == FsCall.READ || call == FsCall.WRITE;
    int slash = path.lastIndexOf('/');
    Duration since = Duration.between(first, at);
    return new FileCall(
        number,
        since.isNegative() ? since.plus(DAY) : since, // a line has no date
        CallHistory.operation(call),
        ofFile ? path.substring(0, Math.max(1, slash)) : path,
        ofFile ? path.substring(slash + 1) : "",
        unescaped(Optional.ofNullable(fields.group(5)).orElse("")),
        Optional.ofNullable(fields.group(6)),
        Optional.ofNullable(fields.group(7)).orElse(""));
  }

  /** What the journal escapes: control characters, and the backslash itself. */
  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            found -> {
              String what = found.group(1);
              String plain = what.equals("n") ? "\n" : what;
              if (what.startsWith("x")) {
                plain = String.valueOf((char) Integer.parseInt(what.substring(1), HEXADECIMAL));
              }
              return Matcher.quoteReplacement(plain);
            });
  }

  /** The last lines of all, for the end of a message. */
  String report() {
    List<String> all = lines();
    return "The last changes and refusals (sim.journal), those of the test among them:"
        + all.subList(Math.max(0, all.size() - LAST_LINES), all.size()).stream()
            .map(line -> System.lineSeparator() + "  " + line)
            .collect(Collectors.joining());
  }

  @Override
  public AssertionError wrong(String what) {
    return new AssertionError(what + System.lineSeparator() + report());
  }
}
