package io.github.vcgroupfs.top;

import java.util.ArrayList;
import java.util.List;

/** What the help says. Has no state. */
final class HelpLines {
  private static final List<String> KEYS =
      List.of(
          "up down, k j    select a group          left right, h l  fold, unfold, parent, child",
          "PgUp PgDn       a screen up, down       Home End, g G    the first, the last",
          "t               tree or list            v, Tab           memory or tcp",
          "< >             sort by another column  r                the other way around",
          "/               filter by name          Esc              all groups again",
          "Space, Enter    fold or unfold          p                numbers stand still, go on",
          "?, F1           this help               q, Ctrl-C        leave");

  private static final List<String> MEANING =
      List.of(
          "OF LIMIT is the usage as a part of the limit. A rate (/S) is counted since the picture",
          "before. K is 1024 bytes, M 1024 K; counts end in k for 1000. - is not known yet.");

  private HelpLines() {}

  static List<Line> of(Source source, int width) {
    List<Line> lines = new ArrayList<>();
    lines.add(line(Theme.Part.TITLE, "Keys", width));
    for (String each : KEYS) {
      lines.add(line(Theme.Part.PLAIN, "  " + each, width));
    }
    lines.add(Line.EMPTY);
    for (String each : MEANING) {
      lines.add(line(Theme.Part.PLAIN, each, width));
    }
    List<String> reasons = Unknowns.reasons(source);
    if (!reasons.isEmpty()) {
      lines.add(Line.EMPTY);
      lines.add(line(Theme.Part.TITLE, "Not known here (?)", width));
      for (String each : reasons) {
        for (String part : Wrap.lines(each, Math.max(1, width - 2))) {
          lines.add(line(Theme.Part.PLAIN, "  " + part, width));
        }
      }
    }
    return lines;
  }

  private static Line line(Theme.Part part, String text, int width) {
    return new Line.Builder(false).add(part, text).line().fit(width);
  }
}
