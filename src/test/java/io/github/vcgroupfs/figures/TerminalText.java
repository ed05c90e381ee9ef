package io.github.vcgroupfs.figures;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code tmux capture-pane -e} writes, as HTML: text, with its colours and weights in the
 * terminal's own codes (SGR).
 */
final class TerminalText {
  private static final Pattern CODES = Pattern.compile("\u001b\\[([0-9;:]*)m");
  private static final String INK = "#d7dde4";
  private static final String GROUND = "#10151b";

  private static final List<String> COLOURS =
      List.of(
          "#3b4652", "#f0685e", "#5cc27d", "#e3b341", "#62aef7", "#c792ea", "#45cbb7", "#d7dde4",
          "#7d8b99", "#ff8a80", "#7ddf9b", "#f5cf6e", "#8cc6ff", "#dbb4f5", "#76e0d0", "#ffffff");

  private final StringBuilder html = new StringBuilder();
  private String ink = "";
  private String ground = "";
  private boolean bold;
  private boolean faint;
  private boolean underlined;
  private boolean swapped;

  private TerminalText() {}

  static String html(String screen) {
    TerminalText text = new TerminalText();
    Matcher codes = CODES.matcher(screen);
    int from = 0;
    while (codes.find()) {
      text.add(screen.substring(from, codes.start()));
      text.take(codes.group(1));
      from = codes.end();
    }
    text.add(screen.substring(from));
    return text.html.toString();
  }

  private void add(String part) {
    if (part.isEmpty()) {
      return;
    }
    String one = ink.isEmpty() ? INK : ink;
    String other = ground.isEmpty() ? GROUND : ground;
    html.append(
        "<span style=\"color:%s;background:%s"
            .formatted(swapped ? other : one, swapped ? one : other));
    html.append(bold ? ";font-weight:bold" : "").append(faint ? ";opacity:.65" : "");
    html.append(underlined ? ";text-decoration:underline" : "").append("\">");
    html.append(part.replace("&", "&amp;").replace("<", "&lt;")).append("</span>");
  }

  private void take(String codes) {
    Queue<Integer> numbers = new ArrayDeque<>();
    for (String code : codes.split("[;:]", -1)) {
      numbers.add(code.isEmpty() ? 0 : Integer.parseInt(code));
    }
    while (!numbers.isEmpty()) {
      takeOne(numbers);
    }
  }

  private void takeOne(Queue<Integer> numbers) {
    int code = numbers.remove();
    switch (code) {
      case 0 -> {
        ink = "";
        ground = "";
        bold = false;
        faint = false;
        underlined = false;
        swapped = false;
      }
      case 1 -> bold = true;
      case 2 -> faint = true;
      case 4 -> underlined = true;
      case 7 -> swapped = true;
      case 22 -> {
        bold = false;
        faint = false;
      }
      case 24 -> underlined = false;
      case 27 -> swapped = false;
      case 38 -> ink = longColour(numbers);
      case 39 -> ink = "";
      case 48 -> ground = longColour(numbers);
      case 49 -> ground = "";
      default -> takeColour(code);
    }
  }

  private void takeColour(int code) {
    if (code >= 30 && code <= 37) {
      ink = COLOURS.get(code - 30);
    } else if (code >= 40 && code <= 47) {
      ground = COLOURS.get(code - 40);
    } else if (code >= 90 && code <= 97) {
      ink = COLOURS.get(code - 82);
    } else if (code >= 100 && code <= 107) {
      ground = COLOURS.get(code - 92);
    }
  }

  /** {@code 5;N}: one of 256; {@code 2;R;G;B}. */
  private static String longColour(Queue<Integer> numbers) {
    if (numbers.remove() == 2) {
      return "rgb(%d,%d,%d)".formatted(numbers.remove(), numbers.remove(), numbers.remove());
    }
    int number = numbers.remove();
    if (number < COLOURS.size()) {
      return COLOURS.get(number);
    }
    if (number >= 232) { // greys
      int grey = 8 + 10 * (number - 232);
      return "rgb(%d,%d,%d)".formatted(grey, grey, grey);
    }
    int cube = number - 16; // six steps of each
    return "rgb(%d,%d,%d)".formatted(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
  }

  private static int level(int step) {
    return step == 0 ? 0 : 55 + 40 * step;
  }
}
