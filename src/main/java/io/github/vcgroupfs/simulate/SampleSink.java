package io.github.vcgroupfs.simulate;

import java.io.IOException;

/** Takes what is seen of scenarios while they run. What it throws names its file. */
public interface SampleSink extends AutoCloseable {
  /** Takes nothing. */
  SampleSink NONE =
      new SampleSink() {
        @Override
        public void accept(Sample sample) {
          // nobody looks
        }

        @Override
        public void close() {
          // nothing is open
        }
      };

  /** A group at a moment. */
  void accept(Sample sample) throws IOException;

  @Override
  void close() throws IOException;
}
