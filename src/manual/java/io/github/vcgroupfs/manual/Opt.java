package io.github.vcgroupfs.manual;

import java.util.List;

/**
 * An option.
 *
 * @param names {@code -h} and {@code --help}
 * @param text what the help says, on one line
 * @param value what stands behind it
 * @param count how many of these stand behind it
 * @param often whether it may come more than once
 */
record Opt(List<String> names, String text, Value value, int count, boolean often) {
  /** The first sentence, which is short enough for a list in a terminal. */
  String about() {
    return Program.firstSentence(text);
  }

  boolean isFlag() {
    return value.kind() == Kind.FLAG;
  }

  /** Whether it prints something and ends, whatever else is there. */
  boolean ends() {
    return names.contains("--help") || names.contains("--version");
  }
}
