package io.github.vcgroupfs.figures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * A picture of the documents, and whether it is one.
 *
 * @param file where it is
 */
record Figure(Path file) {
  /** Pages are read over slow lines, too. */
  private static final int MOST_BYTES = 150_000;

  private static final int LEAST_WIDTH = 600;
  private static final int LEAST_HEIGHT = 250;

  /** Letters have soft edges, charts have tints: a page that shows something has many colours. */
  private static final int LEAST_COLOURS = 30;

  private static final double MOST_OF_ONE_COLOUR = 0.97;

  /** What is wrong with it, a sentence each. */
  List<String> faults() throws IOException {
    if (!Files.exists(file)) {
      return List.of(file + " was not made");
    }
    List<String> faults = new ArrayList<>();
    if (Files.size(file) > MOST_BYTES) {
      faults.add("%s has %d bytes, more than %d".formatted(file, Files.size(file), MOST_BYTES));
    }
    BufferedImage picture = ImageIO.read(file.toFile());
    if (picture == null) {
      return List.of(file + " is no picture");
    }
    if (picture.getWidth() < LEAST_WIDTH || picture.getHeight() < LEAST_HEIGHT) {
      faults.add("%s is small: %d x %d".formatted(file, picture.getWidth(), picture.getHeight()));
    }
    Map<Integer, Integer> colours = new HashMap<>();
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        colours.merge(picture.getRGB(x, y), 1, Integer::sum);
      }
    }
    int most = colours.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    double share = (double) most / (picture.getWidth() * picture.getHeight());
    if (colours.size() < LEAST_COLOURS || share > MOST_OF_ONE_COLOUR) {
      faults.add(
          "%s is nearly blank: %d colours, %.0f %% is one of them"
              .formatted(file, colours.size(), 100 * share));
    }
    return faults;
  }
}
