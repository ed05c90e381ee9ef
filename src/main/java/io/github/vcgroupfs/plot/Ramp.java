package io.github.vcgroupfs.plot;

/**
 * Colours from little to much. Their lightness grows evenly, and eyes that do not tell red from
 * green see them alike: cividis (Nuñez, Anderton and Renslow 2018, Optimizing colormaps with
 * consideration for color vision deficiency).
 */
final class Ramp {
  private static final int[] COLOURS = {
    0x00224E, 0x123570, 0x3B496C, 0x575D6D, 0x707173, 0x8A8678, 0xA59C74, 0xC3B369, 0xE1CC55,
    0xFEE838
  };

  private static final int BLACK = 0x000000;

  private Ramp() {}

  /** The colour of a value from 0 to 1. */
  static int colour(double share) {
    double at = Math.max(0, Math.min(1, share)) * (COLOURS.length - 1);
    int below = (int) Math.min(COLOURS.length - 2, at);
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = COLOURS[below] >> shift & 0xFF;
      int to = COLOURS[below + 1] >> shift & 0xFF;
      mixed |= (int) Math.round(from + (to - from) * (at - below)) << shift;
    }
    return mixed;
  }

  /** What is readable on a colour: black or white. */
  static int inkOn(int colour) {
    return contrast(colour, BLACK) >= contrast(colour, Palette.PAPER) ? BLACK : Palette.PAPER;
  }

  /** How well two colours are told apart, from 1 to 21 (WCAG 2.2, contrast ratio). */
  static double contrast(int one, int other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  /** How light a colour is, from 0 to 1 (WCAG 2.2, relative luminance). */
  static double luminance(int colour) {
    return 0.2126 * linear(colour >> 16 & 0xFF)
        + 0.7152 * linear(colour >> 8 & 0xFF)
        + 0.0722 * linear(colour & 0xFF);
  }

  private static double linear(int channel) {
    double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
