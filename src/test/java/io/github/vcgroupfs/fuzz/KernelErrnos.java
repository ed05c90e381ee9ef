package io.github.vcgroupfs.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.vcgroupfs.kernel.Profiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import jnr.constants.platform.linux.Errno;

/**
 * Which errnos a kernel can give for which call: rows of two files. One was written by this program
 * on the kernel's own hierarchy; the other has a function of the kernel, or another reason, in each
 * row. Immutable.
 *
 * <p>A row has these fields, with tabs between: call, subject, variant, user, errnos, profiles,
 * source. Bars stand between alternatives; in subject, variant and user {@code *} at the end stands
 * for any text. Profiles are {@code *}, ids, or {@code FROM..TO} in the order of the list.
 */
final class KernelErrnos {
  /** What this machine's kernel was seen to answer. */
  static final String SEEN = "seen-6.18.tsv";

  /** What is known from sources. */
  static final String CITED = "cited.tsv";

  private static final int SUBJECT = 1;
  private static final int VARIANT = 2;
  private static final int USER = 3;
  private static final int ERRNOS = 4;
  private static final int FIELDS = 7;
  private static final Map<String, Integer> NUMBERS = new TreeMap<>();

  static {
    for (Errno errno : Errno.values()) {
      NUMBERS.put(errno.name(), errno.intValue());
    }
  }

  private final Map<String, List<Row>> byCall;

  private KernelErrnos(List<Row> rows) {
    byCall = new HashMap<>();
    for (Row row : rows) {
      for (String call : row.call.split("[|]", -1)) {
        byCall.computeIfAbsent(call, any -> new ArrayList<>()).add(row);
      }
    }
  }

  /**
   * A row.
   *
   * @param errnos their names
   * @param source where it was seen, or the kernel's file and function
   */
  record Row(
      String call,
      String subject,
      String variant,
      String user,
      List<String> errnos,
      String profiles,
      String source) {

    static Row of(String line) {
      String[] fields = line.split("\t", -1);
      if (fields.length != FIELDS) {
        throw new IllegalArgumentException(
            "%d fields where %d are needed: %s".formatted(fields.length, FIELDS, line));
      }
      List<String> errnos = List.of(fields[4].split(" ", -1));
      for (String each : errnos) {
        if (!NUMBERS.containsKey(each)) {
          throw new IllegalArgumentException("\"%s\" is no errno: %s".formatted(each, line));
        }
      }
      if (fields[6].isBlank()) {
        throw new IllegalArgumentException("no source: " + line);
      }
      return new Row(fields[0], fields[1], fields[2], fields[3], errnos, fields[5], fields[6]);
    }

    /**
     * Lines for a file, in order. Rows that differ in their errnos alone become one; then rows with
     * the same errnos that differ in one field alone.
     */
    static List<String> joined(List<Row> rows) {
      Map<List<String>, Set<String>> errnos = new HashMap<>();
      for (Row row : rows) {
        for (String subject : row.subject.split("[|]", -1)) {
          for (String variant : row.variant.split("[|]", -1)) {
            for (String user : row.user.split("[|]", -1)) {
              errnos
                  .computeIfAbsent(
                      List.of(row.call, subject, variant, user, "", row.profiles, row.source),
                      any -> new TreeSet<>())
                  .addAll(row.errnos);
            }
          }
        }
      }
      Set<List<String>> lines = new HashSet<>();
      errnos.forEach(
          (fields, names) -> {
            List<String> line = new ArrayList<>(fields);
            line.set(ERRNOS, String.join(" ", names));
            lines.add(line);
          });
      Set<List<String>> joined = lines;
      for (int field : new int[] {USER, SUBJECT, VARIANT}) {
        joined = joinedIn(field, joined);
      }
      return joined.stream().map(each -> String.join("\t", each)).sorted().toList();
    }

    private static Set<List<String>> joinedIn(int field, Set<List<String>> lines) {
      Map<List<String>, Set<String>> values = new HashMap<>();
      for (List<String> line : lines) {
        List<String> others = new ArrayList<>(line);
        String value = others.set(field, "");
        values.computeIfAbsent(others, any -> new TreeSet<>()).add(value);
      }
      Set<List<String>> joined = new HashSet<>();
      values.forEach(
          (line, all) -> {
            line.set(field, String.join("|", all));
            joined.add(line);
          });
      return joined;
    }

    boolean permits(String profile, Key key, String errno) {
      return errnos.contains(errno)
          && matches(subject, key.subject())
          && matches(variant, key.variant())
          && matches(user, key.user())
          && isFor(profile);
    }

    private static boolean matches(String patterns, String text) {
      for (String pattern : patterns.split("[|]", -1)) {
        if (pattern.contains("*")
            ? text.matches(("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E"))
            : text.equals(pattern)) {
          return true;
        }
      }
      return false;
    }

    private boolean isFor(String profile) {
      if (profiles.equals("*")) {
        return true;
      }
      List<String> order = Profiles.all().stream().map(each -> each.id()).toList();
      int at = order.indexOf(profile);
      for (String part : profiles.split("[|]", -1)) {
        String[] ends = part.split("\\.\\.", -1);
        if (at >= order.indexOf(ends[0]) && at <= order.indexOf(ends[ends.length - 1])) {
          return true;
        }
      }
      return false;
    }
  }

  /** Both files. */
  static KernelErrnos load() {
    List<Row> rows = new ArrayList<>();
    rows.addAll(rows(SEEN));
    rows.addAll(rows(CITED));
    return new KernelErrnos(rows);
  }

  /** These rows alone. */
  static KernelErrnos of(List<Row> rows) {
    return new KernelErrnos(rows);
  }

  /** The rows of a file; lines that begin with {@code #} are none. */
  static List<Row> rows(String file) {
    try (InputStream in = KernelErrnos.class.getResourceAsStream("/fuzz/" + file);
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Row::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a kernel of that profile can give that answer: 0 or more, or a negative errno. */
  boolean permits(String profile, Key key, long result) {
    if (result >= 0) {
      return true;
    }
    String errno = name(result);
    return alike(key)
        .anyMatch(
            each ->
                byCall.getOrDefault(each.call(), List.of()).stream()
                    .anyMatch(row -> row.permits(profile, each, errno)));
  }

  /**
   * The key, and keys whose answers it can have, too: one function of the kernel does all that
   * writes ({@code kernfs_fop_write_iter}), one all that reads ({@code kernfs_fop_read_iter}); what
   * root is refused others are refused, too; the folder of ours in the top is a directory; and a
   * name with a newline is one as others until 3.10.
   */
  private static Stream<Key> alike(Key key) {
    Set<Key> keys = new LinkedHashSet<>(List.of(key));
    boolean to = key.variant().startsWith("to");
    switch (key.call()) {
      case "pwrite64", "writev", "pwritev2" -> keys.add(key.as("write", "-"));
      case "pread64", "readv", "preadv2" -> keys.add(key.as("read", "-"));
      case "sendfile", "splice" -> keys.add(key.as(to ? "write" : "read", "-"));
      default -> {}
    }
    for (Key each : List.copyOf(keys)) {
      keys.add(
          each.of(
              each.subject()
                  .replace("@simproc", each.subject().contains(">") ? "@" : "@dir")
                  .replaceAll("simproc|newline|long(?!e)", "group"),
              each.user()));
    }
    for (Key each : List.copyOf(keys)) {
      keys.add(each.of(each.subject(), FuzzUser.ROOT.word()));
    }
    return keys.stream();
  }

  /** The name of a negative errno. */
  static String name(long result) {
    for (Map.Entry<String, Integer> each : NUMBERS.entrySet()) {
      if (each.getValue() == -result
          && !List.of("EWOULDBLOCK", "ENOTSUP", "EDEADLOCK").contains(each.getKey())) {
        return each.getKey();
      }
    }
    return Long.toString(result);
  }
}
