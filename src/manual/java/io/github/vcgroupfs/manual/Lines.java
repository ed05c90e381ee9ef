package io.github.vcgroupfs.manual;

import java.util.HashMap;
import java.util.Map;

/** Templates whose marks are lines of their own. */
final class Lines {
  private Lines() {}

  /** The template with texts in the place of lines that are marks, but for blanks before them. */
  static String replaced(String template, Map<String, String> texts) {
    Map<String, String> left = new HashMap<>(texts);
    StringBuilder out = new StringBuilder();
    template
        .lines()
        .forEach(
            line -> {
              String text = left.remove(line.strip());
              out.append(text == null ? line + "\n" : text);
            });
    if (!left.isEmpty()) {
      throw new IllegalStateException("the template has no line " + left.keySet());
    }
    return out.toString();
  }
}
