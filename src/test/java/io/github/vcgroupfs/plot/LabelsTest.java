package io.github.vcgroupfs.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels at the ends of lines do not cover each other. */
class LabelsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 9})
  void noneCoversAnother(int labels) {
    Random random = new Random(labels);
    for (int run = 0; run < 200; run++) {
      List<EndLabels.Label> lines = new ArrayList<>();
      for (int i = 0; i < labels; i++) {
        lines.add(new EndLabels.Label(random.nextInt(150), "x", 0));
      }
      List<EndLabels.Label> sorted = EndLabels.sorted(lines);
      double[] places = EndLabels.places(sorted, 0, 150);
      for (int i = 0; i < labels; i++) {
        assertThat(places[i]).isBetween(0.0, 150.0);
        if (i > 0) {
          assertThat(places[i] - places[i - 1]).isGreaterThanOrEqualTo(EndLabels.LINE);
        }
        if (labels == 1) {
          assertThat(places[i]).as("beside its line").isEqualTo(sorted.get(i).y());
        }
      }
    }
  }
}
