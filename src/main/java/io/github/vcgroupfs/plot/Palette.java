package io.github.vcgroupfs.plot;

/**
 * The colours of a figure, as red, green and blue. Texts have the colour of their line, so each is
 * dark enough to be read on white. Eyes that do not tell red from green tell these apart, and
 * labels at the lines say in grey print which is which.
 */
final class Palette {
  static final int PAPER = 0xFFFFFF;
  static final int INK = 0x1F2328;
  static final int NOTE = 0x59636E;
  static final int GRID = 0xDCDFE3;
  static final int MOMENT = 0x8C959F;
  static final int PRESSURE = 0xFCEBD0;
  static final int MACHINE = 0x3D444D;

  private static final int[] GROUPS = {0x0060C0, 0xB84300, 0x5B2A86, 0x00574B};

  private Palette() {}

  /** How many groups can be told apart. */
  static int groups() {
    return GROUPS.length;
  }

  /** The colour of a group. */
  static int group(int number) {
    return GROUPS[number % GROUPS.length];
  }
}
