package io.github.vcgroupfs.mount;

/**
 * A mount or unmount did not work. The message is one sentence that a person can act on: what is
 * wrong and what to do about it.
 */
public final class MountException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What kind of problem it is. */
  public enum Kind {
    /** The machine lacks something that must be installed or allowed first. */
    PREREQUISITE,
    /** The operation did not work. */
    FAILED
  }

  private final Kind kind;

  /** A problem of this kind. */
  public MountException(Kind kind, String why) {
    super(why);
    this.kind = kind;
  }

  /** What kind of problem it is. */
  public Kind kind() {
    return kind;
  }

  public static MountException missing(String why) {
    return new MountException(Kind.PREREQUISITE, why);
  }

  public static MountException failed(String why) {
    return new MountException(Kind.FAILED, why);
  }
}
