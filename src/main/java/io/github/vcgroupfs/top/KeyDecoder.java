package io.github.vcgroupfs.top;

import java.util.Map;
import java.util.Optional;

/**
 * Makes keys of the characters that a terminal sends: one for a letter, several for an arrow. Those
 * of VT220 and of xterm are known, which all terminals of today send (ECMA-48: a sequence begins
 * with ESC and a bracket, and ends with a sign from {@code @} to {@code ~}). Used by one thread.
 */
final class KeyDecoder {
  private static final char ESC = 0x1b;
  private static final int LONGEST = 16;

  private static final Map<Integer, Key.Name> CONTROLS =
      Map.ofEntries(
          Map.entry(0x03, Key.Name.INTERRUPT),
          Map.entry(0x08, Key.Name.BACKSPACE),
          Map.entry(0x09, Key.Name.TAB),
          Map.entry(0x0a, Key.Name.ENTER),
          Map.entry(0x0c, Key.Name.REDRAW),
          Map.entry(0x0d, Key.Name.ENTER),
          Map.entry(0x1a, Key.Name.SUSPEND),
          Map.entry(0x7f, Key.Name.BACKSPACE));

  private static final Map<String, Key.Name> SEQUENCES =
      Map.ofEntries(
          Map.entry("[A", Key.Name.UP),
          Map.entry("OA", Key.Name.UP),
          Map.entry("[B", Key.Name.DOWN),
          Map.entry("OB", Key.Name.DOWN),
          Map.entry("[C", Key.Name.RIGHT),
          Map.entry("OC", Key.Name.RIGHT),
          Map.entry("[D", Key.Name.LEFT),
          Map.entry("OD", Key.Name.LEFT),
          Map.entry("[5~", Key.Name.PAGE_UP),
          Map.entry("[6~", Key.Name.PAGE_DOWN),
          Map.entry("[H", Key.Name.HOME),
          Map.entry("OH", Key.Name.HOME),
          Map.entry("[1~", Key.Name.HOME),
          Map.entry("[7~", Key.Name.HOME),
          Map.entry("[F", Key.Name.END),
          Map.entry("OF", Key.Name.END),
          Map.entry("[4~", Key.Name.END),
          Map.entry("[8~", Key.Name.END),
          Map.entry("OM", Key.Name.ENTER),
          Map.entry("OP", Key.Name.HELP),
          Map.entry("[11~", Key.Name.HELP),
          Map.entry("[[A", Key.Name.HELP));

  private final StringBuilder sequence = new StringBuilder(); // without its ESC
  private boolean escaped;
  private char high; // the first half of a sign that needs two characters

  /** Takes one character; the key that it completes, if it does. */
  Optional<Key> take(char c) {
    if (escaped) {
      return inSequence(c);
    }
    if (c == ESC) {
      escaped = true;
      return Optional.empty();
    }
    if (Character.isHighSurrogate(c)) {
      high = c;
      return Optional.empty();
    }
    int sign = Character.isLowSurrogate(c) ? Character.toCodePoint(high, c) : c;
    if (Character.isISOControl(sign)) {
      return Optional.of(Key.of(CONTROLS.getOrDefault(sign, Key.Name.OTHER)));
    }
    return Optional.of(Key.sign(sign));
  }

  /** Whether what was taken may be the beginning of a key, or the escape key. */
  boolean isPending() {
    return escaped;
  }

  /** Nothing follows: what was begun is all that there is. */
  Optional<Key> end() {
    if (!escaped) {
      return Optional.empty();
    }
    Key.Name name = sequence.length() == 0 ? Key.Name.ESCAPE : Key.Name.OTHER;
    forget();
    return Optional.of(Key.of(name));
  }

  private Optional<Key> inSequence(char c) {
    if (c == ESC) { // the escape key, and then something else
      Optional<Key> before = end();
      escaped = true;
      return before;
    }
    sequence.append(c);
    if (!isWhole()) {
      return Optional.empty();
    }
    Key.Name name = SEQUENCES.getOrDefault(sequence.toString(), Key.Name.OTHER);
    forget();
    return Optional.of(Key.of(name));
  }

  private boolean isWhole() {
    char first = sequence.charAt(0);
    char last = sequence.charAt(sequence.length() - 1);
    if (sequence.length() >= LONGEST) {
      return true;
    }
    if (first == 'O') {
      return sequence.length() == 2;
    }
    if (first != '[') {
      return true; // a letter with the Alt key
    }
    boolean console = sequence.length() == 2 && last == '['; // the function keys of Linux's own
    return sequence.length() > 1 && last >= '@' && last <= '~' && !console;
  }

  private void forget() {
    sequence.setLength(0);
    escaped = false;
  }
}
