package io.github.vcgroupfs.mount;

/**
 * Why a mount or unmount did not work, in one sentence that a person can act on: what is wrong and
 * how to mend it.
 */
public final class MountException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Kind {
    /** The machine lacks something that must be installed or allowed first. */
    PREREQUISITE,
    /** The operation did not work. */
    FAILED
  }

  private final Kind kind;

  /** A failure of that kind. */
  public MountException(Kind kind, String why) {
    super(why);
    this.kind = kind;
  }

  /** What kind of trouble it is. */
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
