package io.github.vcgroupfs.top;

import java.util.ArrayList;
import java.util.List;

/** Breaks a text into lines, between words. Has no state. */
final class Wrap {
  private Wrap() {}

  /** The lines of a printable text, each in so many cells; a longer word is cut into pieces. */
  static List<String> lines(String printable, int cells) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int room = Math.max(1, cells);
    for (String word : printable.split(" ", -1)) {
      String left = word;
      if (line.length() > 0 && CellText.width(line + " " + left) > room) {
        lines.add(line.toString());
        line.setLength(0);
      }
      while (line.length() == 0 && CellText.width(left) > room) {
        String piece = CellText.cut(left, room, "");
        if (piece.isEmpty()) {
          break; // one sign is wider than the room
        }
        lines.add(piece);
        left = left.substring(piece.length());
      }
      line.append(line.length() > 0 ? " " : "").append(left);
    }
    lines.add(line.toString());
    return lines;
  }

  /** The first lines of a text; the last of them says if there would be more. */
  static List<String> lines(String printable, int cells, int most, String ellipsis) {
    List<String> all = lines(printable, cells);
    if (all.size() <= most) {
      return all;
    }
    List<String> first = new ArrayList<>(all.subList(0, most - 1));
    String rest = String.join(" ", all.subList(most - 1, all.size()));
    first.add(CellText.cut(rest, cells, ellipsis));
    return first;
  }
}
