package io.github.vcgroupfs.simulate;

import java.io.IOException;

/** Takes what is seen of scenarios while they run. What it throws names its file. */
public interface SampleSink extends AutoCloseable {
  /** A group at a moment. */
  void accept(Sample sample) throws IOException;

  @Override
  void close() throws IOException;
}
