package io.github.vcgroupfs.seccomp;

import java.io.IOException;

/** Why no listener can be had. The message is a sentence for people. Immutable. */
public final class SeccompException extends IOException {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** What was in the way. */
  public enum Reason {
    /** Another listener: the kernel has at most one for a process and those it comes from. */
    NESTED,
    /** The kernel is too old, or was built without it. */
    UNSUPPORTED,
    /** This process may not. */
    FORBIDDEN
  }

  SeccompException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What was in the way. */
  public Reason reason() {
    return reason;
  }
}
