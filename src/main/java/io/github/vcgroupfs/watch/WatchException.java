package io.github.vcgroupfs.watch;

/**
 * A hierarchy cannot be looked at. The message is one sentence: what is wrong, and what would work.
 */
public final class WatchException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What kind of problem it is. */
  public enum Kind {
    /** There is nothing at that path, or it is no memory hierarchy. It may come to be one. */
    ABSENT,
    /** It is a mount whose daemon has ended. */
    DEAD,
    /** It may not be read. */
    FORBIDDEN,
    /** It cannot be read for another reason. */
    FAILED
  }

  private final Kind kind;

  WatchException(Kind kind, String why) {
    super(why);
    this.kind = kind;
  }

  /** What kind of problem it is. */
  public Kind kind() {
    return kind;
  }
}
