package io.github.vcgroupfs.simulate;

import java.io.IOException;

/** Receives samples while scenarios run. Its exceptions name the file that it writes. */
public interface SampleSink extends AutoCloseable {
  /** A scenario begins: all that follows is about it. */
  default void begin(Scene scene) throws IOException {}

  /** The scenario has ended, at that time. */
  default void end(double ms) throws IOException {}

  /** The scenario has done something. */
  default void happened(Happening happening) throws IOException {}

  /** Takes one sample. */
  void accept(Sample sample) throws IOException;

  @Override
  void close() throws IOException;
}
