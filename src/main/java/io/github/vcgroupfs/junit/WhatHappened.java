package io.github.vcgroupfs.junit;

import java.io.Serial;
import java.util.List;

/**
 * What happened in the hierarchy of a failed test, as a suppressed exception of its failure: that
 * way the failure keeps its class and its message, which tools look at, and the text stands at the
 * end of the stack trace, which Maven, Gradle and IDEs print. It has no stack trace itself.
 */
final class WhatHappened extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** As many lines as one screen shows, both lists together. */
  private static final int MOST_LINES = 12;

  private WhatHappened(String message) {
    super(message, null, false, false);
  }

  /** With the last lines of both. */
  static WhatHappened of(List<String> why, List<String> journal) {
    return new WhatHappened(
        "in the hierarchy of this test"
            + part("refused (sim.why)", "nothing was refused", why)
            + part("changed (sim.journal)", "nothing was changed", journal));
  }

  /** It cannot be told what happened. */
  static WhatHappened unknown(String reason) {
    return new WhatHappened("what happened in the hierarchy of this test is not known: " + reason);
  }

  private static String part(String title, String nothing, List<String> lines) {
    if (lines.isEmpty()) {
      return "\n  " + nothing;
    }
    int left = Math.max(lines.size() - MOST_LINES, 0);
    String head =
        left == 0 ? title : "%s, the last %d of %d".formatted(title, MOST_LINES, lines.size());
    return "\n  %s:\n    %s"
        .formatted(head, String.join("\n    ", lines.subList(left, lines.size())));
  }
}
