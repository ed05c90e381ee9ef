package io.github.vcgroupfs.top;

/**
 * All that the keys have done so far. Immutable.
 *
 * @param mode what the next key means
 * @param paused whether the numbers stand still
 * @param ended whether the user wants to leave
 */
record State(View view, Place place, Mode mode, boolean paused, boolean ended) {
  /** What a key means. */
  enum Mode {
    BROWSE,
    /** Letters are added to the filter. */
    FILTER,
    HELP
  }

  static State of(View view) {
    return new State(view, Place.start(), Mode.BROWSE, false, false);
  }

  State with(View other) {
    return new State(other, place, mode, paused, ended);
  }

  State with(Place other) {
    return new State(view, other, mode, paused, ended);
  }

  State with(Mode other) {
    return new State(view, place, other, paused, ended);
  }

  State pausedOrNot() {
    return new State(view, place, mode, !paused, ended);
  }

  State end() {
    return new State(view, place, mode, paused, true);
  }
}
