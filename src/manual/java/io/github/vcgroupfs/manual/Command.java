package io.github.vcgroupfs.manual;

import java.util.List;

/**
 * A command.
 *
 * @param name how it is called; empty: the program itself
 * @param text what the help says, on one line
 * @param options its own
 * @param others options of another command that it hands on
 * @param operand what stands behind the options; none: a flag
 * @param operandText what the help says about it
 * @param stops whether options must stand before the operand
 */
record Command(
    String name,
    String text,
    List<Opt> options,
    List<Opt> others,
    Value operand,
    String operandText,
    boolean stops) {

  String about() {
    return Program.firstSentence(text);
  }

  /** Whether another program's command line stands behind {@code --}. */
  boolean runsCommands() {
    return !others.isEmpty();
  }

  /** All options that may be typed. */
  List<Opt> all() {
    return java.util.stream.Stream.concat(options.stream(), others.stream()).toList();
  }
}
