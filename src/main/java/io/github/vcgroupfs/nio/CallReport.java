package io.github.vcgroupfs.nio;

import java.util.List;

/** Makes the errors of assertions, with what was really called. */
interface CallReport {
  /** A failed assertion. */
  AssertionError wrong(String what);

  /** Fails if one of these calls was refused. */
  default void requireNoErrors(List<FileCall> calls) {
    long refused = calls.stream().filter(each -> !each.succeeded()).count();
    if (refused > 0) {
      throw wrong(refused + " calls were refused");
    }
  }

  /** Fails if somebody wrote to a file, with success or not. */
  default void requireNeverWritten(String group, String file, List<FileCall> inGroup) {
    if (inGroup.stream().anyMatch(each -> each.file().equals(file))) {
      throw wrong("%s of %s was written".formatted(file, group));
    }
  }

  /** Fails if no write to a file was refused with this errno. */
  default void requireRefused(String group, String file, String errno, List<FileCall> inGroup) {
    boolean refused =
        inGroup.stream()
            .anyMatch(each -> each.file().equals(file) && each.errno().orElse("").equals(errno));
    if (!refused) {
      throw wrong("No write to %s of %s was refused with %s".formatted(file, group, errno));
    }
  }
}
