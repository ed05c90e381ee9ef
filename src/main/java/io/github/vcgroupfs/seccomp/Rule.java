package io.github.vcgroupfs.seccomp;

import io.github.vcgroupfs.kernel.Errno;

/**
 * What a {@link Filter} does with one system call: it asks the supervisor, or answers an errno at
 * once. Possibly only if an argument has some bit set, or only if it has not. Immutable.
 *
 * @param action as the kernel has it, {@code SECCOMP_RET_…}
 * @param argument which one is looked at, from 0
 * @param mask the bits; 0 if no argument matters
 * @param whenSet whether the rule is for calls with any of the bits, or for those with none
 */
public record Rule(Call call, int action, int argument, long mask, boolean whenSet) {
  static final int RET_USER_NOTIF = 0x7fc00000; // include/uapi/linux/seccomp.h
  static final int RET_ERRNO = 0x00050000;

  private static final int ARGUMENTS = 6;

  /** Asks the supervisor. */
  public static Rule ask(Call call) {
    return new Rule(call, RET_USER_NOTIF, 0, 0, true);
  }

  /** Answers an error at once, without the supervisor. */
  public static Rule refuse(Call call, Errno errno) {
    return new Rule(call, RET_ERRNO | errno.number(), 0, 0, true);
  }

  /** The same, but only for calls of which an argument has one of these bits. */
  public Rule onlyIf(int index, long bits) {
    return new Rule(call, action, index(index), bits, true);
  }

  /** The same, but only for calls of which an argument has none of these bits. */
  public Rule unless(int index, long bits) {
    return new Rule(call, action, index(index), bits, false);
  }

  private static int index(int index) {
    if (index < 0 || index >= ARGUMENTS) {
      throw new IllegalArgumentException("argument %d: there are 0 to 5".formatted(index));
    }
    return index;
  }
}
