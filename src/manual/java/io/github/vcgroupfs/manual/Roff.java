package io.github.vcgroupfs.manual;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The language of man pages, man(7): as much of it as a list of options needs. */
final class Roff {
  /** So that a page is easy to read as a file, too; a sentence begins a line (man-pages(7)). */
  private static final int MOST_COLUMNS = 78;

  /** An option in a sentence: its hyphens are those that one types. */
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[a-zA-Z][\\w-]*");

  private static final Pattern CAPITALS = Pattern.compile("[A-Z][A-Z.:,=]*");

  private Roff() {}

  /** Escapes what the language would read as its own. */
  private static String escaped(String text) {
    return text.replace("\\", "\\e")
        .replace("'", "\\(aq")
        .replace("`", "\\(ga")
        .replace("^", "\\(ha")
        .replace("~", "\\(ti");
  }

  /** A line that is to be shown, and copied, as it is. */
  static String verbatim(String line) {
    return guarded(escaped(line).replace("-", "\\-"));
  }

  /** Words to be typed as they are. */
  static String bold(String text) {
    return "\\fB" + escaped(text).replace("-", "\\-") + "\\fR";
  }

  /** What stands for something else: in italics; in bold if it is one of a few words. */
  static String label(String text) {
    StringBuilder out = new StringBuilder();
    for (String part : text.split("\\|", -1)) {
      out.append(out.isEmpty() ? "" : "|")
          .append(
              CAPITALS.matcher(part).lookingAt() ? "\\fI" + escaped(part) + "\\fR" : bold(part));
    }
    return out.toString();
  }

  /** A text, filled, each sentence on a new line. */
  static String paragraph(String text) {
    Matcher option = OPTION.matcher(escaped(text));
    String ready = option.replaceAll(match -> Matcher.quoteReplacement(bold(match.group())));
    StringBuilder out = new StringBuilder();
    for (String sentence : ready.replace("…", "...").split("(?<=[.?!:;]) ", -1)) {
      StringBuilder line = new StringBuilder();
      for (String word : sentence.split(" ", -1)) {
        if (!line.isEmpty() && line.length() + 1 + word.length() > MOST_COLUMNS) {
          out.append(guarded(line)).append('\n');
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      out.append(guarded(line)).append('\n');
    }
    return out.toString();
  }

  /** A line that begins as a request would is none. */
  private static String guarded(CharSequence line) {
    return (!line.isEmpty() && line.charAt(0) == '.' ? "\\&" : "") + line;
  }
}
