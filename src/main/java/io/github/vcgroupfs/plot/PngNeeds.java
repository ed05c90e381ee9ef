package io.github.vcgroupfs.plot;

import io.github.vcgroupfs.plot.Canvas.Anchor;
import io.github.vcgroupfs.plot.Canvas.Lettering;
import io.github.vcgroupfs.plot.Canvas.Point;

/** What pixels need of a machine. It is apart, so that it can be asked where Java has no pixels. */
final class PngNeeds {
  private PngNeeds() {}

  /** Finds out whether this machine can draw letters. */
  static void require() throws PlotException {
    System.setProperty("java.awt.headless", "true");
    try {
      new PngCanvas(9, 9)
          .text(new Point(1, 8), "x", Anchor.START, new Lettering(8, false, Palette.INK));
    } catch (LinkageError | InternalError | RuntimeException without) {
      throw new PlotException(
          ("a PNG needs java.desktop and fonts, and this Java finds none (%s): install them "
                  + "(Debian: apt-get install -y fontconfig fonts-dejavu-core libfreetype6), or write "
                  + "an .svg, which needs neither")
              .formatted(root(without)),
          without);
    }
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
