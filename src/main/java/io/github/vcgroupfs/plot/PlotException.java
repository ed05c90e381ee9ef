package io.github.vcgroupfs.plot;

/** This machine lacks what a plot needs. The message says what, and how to get it. */
public final class PlotException extends Exception {
  private static final long serialVersionUID = 1L;

  PlotException(String message, Throwable cause) {
    super(message, cause);
  }
}
