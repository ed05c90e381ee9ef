package io.github.vcgroupfs.cgroupfs;

import java.util.function.Function;

/** Lines of text that can only be read: a {@code read_seq_string}. */
record ReportHandler(Function<Target, String> lines, boolean differsByReader) implements Handler {

  @Override
  public ReadShape readShape() {
    return ReadShape.TEXT;
  }

  @Override
  public String read(Target target) {
    return lines.apply(target);
  }
}
