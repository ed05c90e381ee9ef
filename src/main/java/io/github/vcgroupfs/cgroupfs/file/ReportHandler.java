package io.github.vcgroupfs.cgroupfs.file;

import java.util.function.Function;

/** Lines of text that can only be read: {@code seq_show}. */
public final class ReportHandler implements Handler {
  private final Function<FileTarget, String> lines;

  /**
   * A report.
   *
   * @param lines makes the text, one char a byte; keeps no state
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
