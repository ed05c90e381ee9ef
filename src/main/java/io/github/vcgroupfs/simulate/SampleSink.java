package io.github.vcgroupfs.simulate;

import java.io.IOException;

/** Receives samples while scenarios run. Its exceptions name the file that it writes. */
public interface SampleSink extends AutoCloseable {
  /** Takes one sample. */
  void accept(Sample sample) throws IOException;

  @Override
  void close() throws IOException;
}
