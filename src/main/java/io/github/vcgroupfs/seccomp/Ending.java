package io.github.vcgroupfs.seccomp;

/**
 * How a program ended: by itself, with an exit status, or by a signal. Immutable.
 *
 * @param exitStatus what it returned; 0 if a signal ended it
 * @param signal the number of that signal; 0 if none did
 */
public record Ending(int exitStatus, int signal) {
  private static final int SIGNAL = 0x7f;
  private static final int BYTE = 8;
  private static final int BY_SIGNAL = 128;

  /** From what {@code waitpid} says. */
  static Ending of(int status) {
    int signal = status & SIGNAL;
    return new Ending(signal == 0 ? status >> BYTE & 0xff : 0, signal);
  }

  /** What shells say: the exit status, or 128 and the number of the signal. */
  public int forShell() {
    return signal == 0 ? exitStatus : BY_SIGNAL + signal;
  }
}
