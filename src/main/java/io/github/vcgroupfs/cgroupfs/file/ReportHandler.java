package io.github.vcgroupfs.cgroupfs.file;

import java.util.function.Function;

/** For a file with lines of text that can only be read: {@code seq_show}. */
public final class ReportHandler implements Handler {
  private final Function<FileTarget, String> lines;

  /**
   * A handler for such a file.
   *
   * @param lines makes the text, one char for each byte; must not keep state
   */
  public ReportHandler(Function<FileTarget, String> lines) {
    this.lines = lines;
  }

  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public String read(FileTarget target) {
    return lines.apply(target);
  }
}
