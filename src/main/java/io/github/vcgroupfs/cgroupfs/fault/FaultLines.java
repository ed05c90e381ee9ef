package io.github.vcgroupfs.cgroupfs.fault;

import io.github.vcgroupfs.cgroupfs.call.CallSubject;
import io.github.vcgroupfs.cgroupfs.call.FsCall;
import io.github.vcgroupfs.cgroupfs.file.FileTable;
import io.github.vcgroupfs.cgroupfs.file.VisibleFile;
import io.github.vcgroupfs.command.CommandWords;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.ErrnoException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of {@code sim.fault}. A line is {@code CALL [GLOB] key=value … [force]}, or
 * {@code clear}. Text after a # is ignored. Has no state.
 */
final class FaultLines {
  private static final String EXAMPLE = "read memory.stat after=3 error=ENODEV count=1";
  private static final String CLEAR = "clear";
  private static final String FORCE = "force";
  private static final List<FsCall> CALLS =
      Arrays.stream(FsCall.values()).filter(FsCall::isOfCallers).toList();
  private static final List<FaultKey> KEYS = List.of(FaultKey.values());
  private static final int MAX_GLOB_CHARS = 255;
  private static final int MAX_NUMBER_DIGITS = 15;

  private FaultLines() {}

  /**
   * What a text says.
   *
   * @param clears whether what was there before goes
   * @param rules what comes, in order
   */
  record Parsed(boolean clears, List<FaultRule> rules) {}

  /**
   * Parses all lines.
   *
   * @param table whose files the globs are about
   * @param inRoot whether it stands in the root
   * @throws ErrnoException EINVAL for the first line that is wrong
   */
  static Parsed parse(String text, FileTable table, boolean inRoot) throws ErrnoException {
    boolean clears = false;
    List<FaultRule> rules = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      int remark = line.indexOf('#');
      String trimmed = (remark < 0 ? line : line.substring(0, remark)).strip();
      if (trimmed.equals(CLEAR)) {
        clears = true;
        rules.clear();
      } else if (!trimmed.isEmpty()) {
        FaultRule rule = parseLine(Arrays.asList(trimmed.split("[ \t]+", -1)));
        if (!rule.force()) {
          requirePossible(rule, table, inRoot);
        }
        rules.add(rule);
      }
    }
    if (!clears && rules.isEmpty()) {
      throw CommandWords.invalid(
          "nothing to do", "write a line such as: " + EXAMPLE + ", or clear");
    }
    return new Parsed(clears, rules);
  }

  private static FaultRule parseLine(List<String> words) throws ErrnoException {
    FsCall call = CommandWords.find(CALLS, words.get(0), "call", ", and clear");
    Glob file = null;
    boolean force = false;
    Map<FaultKey, String> options = new EnumMap<>(FaultKey.class);
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      if (equals > 0) {
        CommandWords.addOption(KEYS, word, options);
      } else if (i == 1 && !(word.equals(FORCE) && words.size() == 2)) {
        file = glob(word);
      } else if (word.equals(FORCE) && i == words.size() - 1) {
        force = true;
      } else {
        throw CommandWords.invalid(
            "\"" + word + "\" is no key=value",
            "write CALL [FILE] key=value … [force], such as: " + EXAMPLE);
      }
    }
    FaultRule.Where where =
        new FaultRule.Where(
            file,
            globOrNull(options.get(FaultKey.GROUP)),
            globOrNull(options.get(FaultKey.PROCESS)));
    return new FaultRule(call, where, when(options), effect(call, options), force);
  }

  private static FaultRule.When when(Map<FaultKey, String> options) throws ErrnoException {
    String after = options.get(FaultKey.AFTER);
    String count = options.get(FaultKey.COUNT);
    String probability = options.get(FaultKey.PROBABILITY);
    return new FaultRule.When(
        after == null ? FaultRule.When.ALWAYS.after() : number(FaultKey.AFTER, after, 0),
        count == null ? FaultRule.When.ALWAYS.count() : number(FaultKey.COUNT, count, 1),
        probability == null ? FaultRule.When.ALWAYS.probability() : probability(probability));
  }

  private static FaultRule.Effect effect(FsCall call, Map<FaultKey, String> options)
      throws ErrnoException {
    String error = options.get(FaultKey.ERROR);
    String delay = options.get(FaultKey.DELAY);
    String bytes = options.get(FaultKey.SHORT);
    if (error == null && delay == null && bytes == null) {
      throw CommandWords.invalid(
          "the line does not say what happens",
          "add error=ERRNO, delay=200ms or, to read, short=1");
    }
    if (bytes != null && call != FsCall.READ) {
      throw CommandWords.invalid(
          "short=" + bytes + " is only for read", "write read short=" + bytes);
    }
    if (bytes != null && error != null) {
      throw CommandWords.invalid(
          "a read that fails returns no bytes", "write error= or short=, not both");
    }
    return new FaultRule.Effect(
        error == null ? null : errno(error),
        delay == null ? 0 : delayMs(delay),
        bytes == null ? null : (int) Math.min(number(FaultKey.SHORT, bytes, 0), 1 << 20));
  }

  /** No kernel answers so, or has no such file. */
  private static void requirePossible(FaultRule rule, FileTable table, boolean inRoot)
      throws ErrnoException {
    Glob glob = rule.where().file();
    Set<Errno> possible = EnumSet.noneOf(Errno.class);
    possible.addAll(rule.call().errors());
    boolean named = rule.call().isOfNames();
    for (boolean root : rule.where().group() == null ? Set.of(inRoot) : Set.of(true, false)) {
      for (VisibleFile file : table.files(root)) {
        if (glob == null || glob.matches(file.name())) {
          named = true;
          if (rule.call() == FsCall.WRITE) {
            possible.addAll(file.row().errors());
          }
        }
      }
    }
    if (!named && glob != null && !glob.pattern().equals(CallSubject.SELF)) {
      throw CommandWords.invalid(
          "no control file here is called \"%s\"".formatted(glob),
          "name one that ls shows, with * and ? for any part; or add force");
    }
    Errno errno = rule.effect().errno();
    if (errno != null && !possible.contains(errno)) {
      throw CommandWords.invalid(
          "no kernel answers %s%s with %s"
              .formatted(rule.call().label(), glob == null ? "" : " " + glob, errno),
          "take one of %s; or add force".formatted(list(possible)));
    }
  }

  private static String list(Set<Errno> errors) {
    Set<String> names = new TreeSet<>();
    errors.forEach(errno -> names.add(errno.name()));
    return String.join(", ", names);
  }

  private static Errno errno(String word) throws ErrnoException {
    for (Errno errno : Errno.values()) {
      if (errno.name().equals(word) || Integer.toString(errno.number()).equals(word)) {
        return errno;
      }
    }
    throw CommandWords.invalid(
        "error=" + word + " is no errno of a control file",
        "there are " + list(EnumSet.allOf(Errno.class)));
  }

  private static @Nullable Glob globOrNull(@Nullable String pattern) throws ErrnoException {
    return pattern == null ? null : glob(pattern);
  }

  private static Glob glob(String pattern) throws ErrnoException {
    if (pattern.isEmpty() || pattern.length() > MAX_GLOB_CHARS) {
      throw CommandWords.invalid(
          "\"" + pattern + "\" is no pattern", "write 1 to " + MAX_GLOB_CHARS + " characters");
    }
    return new Glob(pattern);
  }

  private static long number(FaultKey key, String value, long least) throws ErrnoException {
    if (value.matches("[0-9]{1," + MAX_NUMBER_DIGITS + "}") && Long.parseLong(value) >= least) {
      return Long.parseLong(value);
    }
    throw CommandWords.invalid(
        "%s=%s is out of range or no number".formatted(key.name().toLowerCase(Locale.ROOT), value),
        "write a whole number from " + least);
  }

  private static double probability(String value) throws ErrnoException {
    if (value.matches("[01]|[01]?\\.[0-9]{1,12}") && Double.parseDouble(value) <= 1) {
      return Double.parseDouble(value);
    }
    throw CommandWords.invalid(
        "probability=" + value + " is out of range or no number", "write 0 to 1, as 0.25");
  }

  private static int delayMs(String value) throws ErrnoException {
    long ns =
        CommandWords.durationNs(
            "delay",
            value,
            TimeUnit.MILLISECONDS,
            0,
            TimeUnit.MILLISECONDS.toNanos(FaultRule.MAX_DELAY_MS),
            "write 0ms to %dms, or 1s to %ds"
                .formatted(FaultRule.MAX_DELAY_MS, FaultRule.MAX_DELAY_MS / 1_000));
    return (int) TimeUnit.NANOSECONDS.toMillis(ns);
  }
}
