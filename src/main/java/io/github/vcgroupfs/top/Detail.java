package io.github.vcgroupfs.top;

import java.util.Optional;

/**
 * What is said about the selected group below the table. Immutable.
 *
 * @param group the path of the group that it is about
 * @param refusal its last refusal, as a line; empty if there was none
 * @param whyNot why refusals cannot be known; empty: they can
 */
record Detail(String group, Optional<String> refusal, Optional<String> whyNot) {
  static final Detail NONE = new Detail("", Optional.empty(), Optional.empty());

  /** The text about a group that is selected now; of another one nothing is known yet. */
  String text(String selected) {
    if (!group.equals(selected)) {
      return "last refusal: being read";
    }
    return whyNot
        .map(why -> "last refusal: not known here: " + why)
        .orElseGet(() -> "last refusal: " + refusal.orElse("none"));
  }
}
