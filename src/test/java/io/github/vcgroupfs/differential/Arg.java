package io.github.vcgroupfs.differential;

/**
 * An argument of a call, or what a method is called on. It is made anew in each world.
 *
 * @param text how a script shows it
 * @param place the path that it stands for, from the root of the world; null if it is no path
 * @param slot the number of the slot whose content it stands for; -1 if it is none
 * @param maker makes it
 */
record Arg(String text, String place, int slot, Maker maker) {
  /** Makes the value of an argument. */
  @FunctionalInterface
  interface Maker {
    /** The value in that world, for a call on such a file. */
    Object in(World world, FileKind target);
  }

  /** The same value everywhere. */
  static Arg constant(String text, Object value) {
    return new Arg(text, null, -1, (world, target) -> value);
  }

  /** A value made anew for each call. */
  static Arg made(String text, Maker maker) {
    return new Arg(text, null, -1, maker);
  }

  /** A path below the root of the world. */
  static Arg place(String place) {
    String shown = place.length() > 80 ? place.substring(0, 80) + "…" : place;
    return new Arg("<" + shown + ">", place, -1, (world, target) -> world.path(place));
  }

  /** What an earlier call left in a slot. */
  static Arg slot(int slot) {
    return new Arg("#" + slot, null, slot, (world, target) -> world.kept(slot));
  }

  @Override
  public String toString() {
    return text;
  }
}
