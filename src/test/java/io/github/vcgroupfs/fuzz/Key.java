package io.github.vcgroupfs.fuzz;

/**
 * What the possible answers of a call depend on.
 *
 * @param call the system call
 * @param subject what it is about: the kind of a path or of a descriptor; the name of the file for
 *     reads and writes
 * @param variant the class of its flags and numbers, or {@code -}
 * @param user {@code root} or {@code user}
 */
record Key(String call, String subject, String variant, String user) {
  /** The same subject and user. */
  Key as(String otherCall, String otherVariant) {
    return new Key(otherCall, subject, otherVariant, user);
  }

  /** The same call and variant. */
  Key of(String otherSubject, String otherUser) {
    return new Key(call, otherSubject, variant, otherUser);
  }

  @Override
  public String toString() {
    return "%s %s %s %s".formatted(call, subject, variant, user);
  }
}
