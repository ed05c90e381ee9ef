package io.github.vcgroupfs.top;

/**
 * How the parts of a picture look: parameters of the sequence SGR of ECMA-48, which all terminals
 * know. Without colours, as the environment variable {@code NO_COLOR} asks for (no-color.org), what
 * matters is bold or reversed. Immutable.
 *
 * @param plain no sequences at all
 */
record Theme(boolean colours, boolean plain) {
  /** For a file or a pipe: text alone. */
  static final Theme NONE = new Theme(false, true);

  Theme(boolean colours) {
    this(colours, false);
  }

  private static final String BOLD = "1";
  private static final String FAINT = "2";
  private static final String UNDERLINED = "4";
  private static final String REVERSED = "7";
  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String YELLOW = "33";

  /** What a piece of text is. */
  enum Part {
    PLAIN,
    TITLE,
    HEADER,
    /** The header of the field that the table is sorted by. */
    SORTED,
    /** What matters less. */
    DIM,
    KEY,
    GOOD,
    WARM,
    BAD
  }

  /**
   * The parameters; empty if there is nothing to change. What is selected is reversed and nothing
   * else: colours of its cells would be patches in the band, and a reversed faint one is
   * unreadable.
   */
  String parameters(Part part, boolean selected) {
    if (plain) {
      return "";
    }
    return selected ? REVERSED : parameters(part);
  }

  private String parameters(Part part) {
    return switch (part) {
      case PLAIN -> "";
      case TITLE, KEY -> BOLD;
      case HEADER -> REVERSED;
      case SORTED -> REVERSED + ";" + BOLD + ";" + UNDERLINED;
      case DIM -> FAINT;
      case GOOD -> colours ? GREEN : "";
      case WARM -> colours ? YELLOW : "";
      case BAD -> colours ? RED + ";" + BOLD : BOLD;
    };
  }
}
