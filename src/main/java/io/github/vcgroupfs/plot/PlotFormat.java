package io.github.vcgroupfs.plot;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of files that a plot can be. The ending of a file's name says which. */
public enum PlotFormat {
  /** Lines and texts, as XML. */
  SVG,
  /** A picture of pixels. */
  PNG;

  /** Which one a file with that name is to be. */
  public static Optional<PlotFormat> of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(each -> name.endsWith(each.ending())).findFirst();
  }

  /** All endings, for people. */
  public static String endings() {
    return Arrays.stream(values()).map(PlotFormat::ending).collect(Collectors.joining(" or "));
  }

  private String ending() {
    return "." + name().toLowerCase(Locale.ROOT);
  }
}
