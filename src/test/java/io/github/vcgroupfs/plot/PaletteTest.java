package io.github.vcgroupfs.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Colours can be read, and told apart by eyes that see two basic colours only. */
class PaletteTest {
  /** What is left of red, green and blue (linear light) without one kind of cone: Machado 2009. */
  private static final double[][][] EYES = {
    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    {{0.152, 1.053, -0.205}, {0.115, 0.786, 0.099}, {-0.004, -0.048, 1.052}},
    {{0.367, 0.861, -0.228}, {0.280, 0.673, 0.047}, {-0.012, 0.043, 0.969}},
    {{1.256, -0.077, -0.179}, {-0.078, 0.931, 0.148}, {0.005, 0.691, 0.304}},
  };

  /** WCAG 2, level AA, for small text. */
  private static final double READABLE = 4.5;

  private static double[] linear(int colour) {
    double[] light = new double[3];
    for (int i = 0; i < 3; i++) {
      double value = (colour >> (16 - 8 * i) & 0xFF) / 255.0;
      light[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
    return light;
  }

  private static double luminance(int colour) {
    double[] light = linear(colour);
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
  }

  private static double contrast(int one, int other) {
    double high = Math.max(luminance(one), luminance(other));
    double low = Math.min(luminance(one), luminance(other));
    return (high + 0.05) / (low + 0.05);
  }

  private static List<Integer> texts() {
    List<Integer> texts = new ArrayList<>(List.of(Palette.INK, Palette.NOTE, Palette.MACHINE));
    for (int i = 0; i < Palette.groups(); i++) {
      texts.add(Palette.group(i));
    }
    return texts;
  }

  @Test
  void textsCanBeReadOnPaperAndOnShade() {
    for (int colour : texts()) {
      assertThat(contrast(colour, Palette.PAPER)).as("#%06x", colour).isGreaterThan(READABLE);
      assertThat(contrast(colour, Palette.PRESSURE)).as("#%06x", colour).isGreaterThan(READABLE);
    }
    assertThat(contrast(Palette.PRESSURE, Palette.PAPER)).as("a shade").isBetween(1.1, 1.5);
  }

  @Test
  void groupsAreToldApartWithoutOneKindOfCone() {
    for (double[][] eye : EYES) {
      for (int i = 0; i < Palette.groups(); i++) {
        for (int j = 0; j < i; j++) {
          double[] one = lab(seen(eye, Palette.group(i)));
          double[] other = lab(seen(eye, Palette.group(j)));
          double apart =
              Math.sqrt(
                  Math.pow(one[0] - other[0], 2)
                      + Math.pow(one[1] - other[1], 2)
                      + Math.pow(one[2] - other[2], 2));
          assertThat(apart)
              .as("#%06x, #%06x", Palette.group(i), Palette.group(j))
              .isGreaterThan(12);
        }
      }
    }
  }

  private static double[] seen(double[][] eye, int colour) {
    double[] light = linear(colour);
    double[] seen = new double[3];
    for (int i = 0; i < 3; i++) {
      double sum = 0;
      for (int j = 0; j < 3; j++) {
        sum += eye[i][j] * light[j];
      }
      seen[i] = Math.max(0, Math.min(1, sum));
    }
    return seen;
  }

  /** CIE L*a*b*, D65: equal distances look about equally different. */
  private static double[] lab(double[] rgb) {
    double x = (0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.9505;
    double y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    double z = (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.089;
    return new double[] {116 * root(y) - 16, 500 * (root(x) - root(y)), 200 * (root(y) - root(z))};
  }

  private static double root(double value) {
    return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16.0 / 116;
  }
}
