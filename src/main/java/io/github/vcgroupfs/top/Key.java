package io.github.vcgroupfs.top;

/**
 * A key that was pressed. Immutable.
 *
 * @param sign the character that was typed, if it is one; else 0
 */
record Key(Name name, int sign) {
  /** Which key. */
  enum Name {
    SIGN,
    UP,
    DOWN,
    LEFT,
    RIGHT,
    PAGE_UP,
    PAGE_DOWN,
    HOME,
    END,
    ENTER,
    TAB,
    ESCAPE,
    BACKSPACE,
    HELP,
    REDRAW,
    INTERRUPT,
    SUSPEND,
    /** One that means nothing here. */
    OTHER
  }

  static Key of(Name name) {
    return new Key(name, 0);
  }

  static Key sign(int sign) {
    return new Key(Name.SIGN, sign);
  }

  boolean is(int other) {
    return name == Name.SIGN && sign == other;
  }
}
