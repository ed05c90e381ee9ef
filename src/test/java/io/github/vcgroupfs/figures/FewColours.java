package io.github.vcgroupfs.figures;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;

/**
 * Makes a picture of a screen small: 256 colours, each pixel one byte. Surfaces keep their colours;
 * only the soft edges of letters and lines get ones that are near.
 */
final class FewColours {
  private static final int COLOURS = 256;

  private FewColours() {}

  static void rewrite(Path file) throws IOException {
    BufferedImage picture = ImageIO.read(file.toFile());
    Map<Integer, Integer> counts = new HashMap<>();
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        counts.merge(picture.getRGB(x, y) & 0xffffff, 1, Integer::sum);
      }
    }
    int[] chosen = choose(counts);
    byte[][] parts = new byte[3][chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      parts[0][i] = (byte) (chosen[i] >> 16);
      parts[1][i] = (byte) (chosen[i] >> 8);
      parts[2][i] = (byte) chosen[i];
    }
    IndexColorModel model = new IndexColorModel(8, chosen.length, parts[0], parts[1], parts[2]);
    BufferedImage small =
        new BufferedImage(
            picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
    Map<Integer, Integer> indexes = new HashMap<>();
    counts.keySet().forEach(colour -> indexes.put(colour, nearest(chosen, colour)));
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int index = indexes.get(picture.getRGB(x, y) & 0xffffff);
        small.getRaster().setSample(x, y, 0, index);
      }
    }
    ImageIO.write(small, "png", file.toFile());
  }

  /** The half that is seen most; and of the others, again and again the one that fits worst. */
  private static int[] choose(Map<Integer, Integer> counts) {
    List<Integer> byCount =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<Integer, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    Set<Integer> chosen =
        new LinkedHashSet<>(byCount.subList(0, Math.min(COLOURS / 2, byCount.size())));
    Map<Integer, Long> misfits = new HashMap<>();
    byCount.forEach(
        colour ->
            misfits.put(
                colour,
                chosen.stream().mapToLong(each -> distance(each, colour)).min().orElseThrow()));
    while (chosen.size() < Math.min(COLOURS, byCount.size())) {
      int worst =
          byCount.stream()
              .max(
                  Comparator.comparingLong(
                      colour -> misfits.get(colour) * Math.min(16, counts.get(colour))))
              .orElseThrow();
      chosen.add(worst);
      misfits.replaceAll((colour, misfit) -> Math.min(misfit, distance(worst, colour)));
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int nearest(int[] chosen, int colour) {
    int best = 0;
    for (int i = 1; i < chosen.length; i++) {
      if (distance(chosen[i], colour) < distance(chosen[best], colour)) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int one, int other) {
    int red = (one >> 16) - (other >> 16);
    int green = (one >> 8 & 0xff) - (other >> 8 & 0xff);
    int blue = (one & 0xff) - (other & 0xff);
    return red * red + green * green + blue * blue;
  }
}
