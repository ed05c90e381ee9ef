package io.github.vcgroupfs.testing;

/** Ends what a class of tests has started, also when its start got half of the way only. */
public final class Closing {
  private Closing() {}

  /** Closes all that there are, from the last to the first, whatever comes of it. */
  public static void all(AutoCloseable... opened) throws Exception {
    Exception failure = null;
    for (int i = opened.length - 1; i >= 0; i--) {
      try {
        if (opened[i] != null) {
          opened[i].close();
        }
      } catch (Exception e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
