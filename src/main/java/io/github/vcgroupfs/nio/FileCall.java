package io.github.vcgroupfs.nio;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A call that the code under test made, and how it ended. Immutable.
 *
 * @param number which call of the file system it was; later calls have higher numbers
 * @param at when it ended, since the file system was made, by its clock
 * @param operation what was called
 * @param group the path of the group in its hierarchy, as {@code /web}; of a call that makes,
 *     removes or renames a group, the path of that group
 * @param file the name of the control file; empty if the call is about the group itself
 * @param text what was written, as it was written; of a rename, the new path; else empty
 * @param errno the name of the error, as {@code EBUSY}; empty if the call succeeded
 * @param why one sentence that explains the error; empty if the call succeeded
 */
public record FileCall(
    long number,
    Duration at,
    Operation operation,
    String group,
    String file,
    String text,
    Optional<String> errno,
    String why) {
  /** What can be called. */
  public enum Operation {
    /** A control file was opened, which is listed only if it was refused. */
    OPEN,
    /** A control file was read; once for each time that it was opened. */
    READ,
    /** Bytes were written to a control file, in one write. */
    WRITE,
    /** A group was made. */
    MKDIR,
    /** A group was removed. */
    RMDIR,
    /** A group was renamed. */
    RENAME,
    /** A directory was listed, which is listed only if it was refused. */
    OPENDIR,
    /** Another call, such as {@code chmod} or {@code unlink}. */
    OTHER
  }

  /** {@return whether the call succeeded} */
  public boolean succeeded() {
    return errno.isEmpty();
  }

  /** {@return what was written, without the newline that {@code echo} would add} */
  public String value() {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  /** One line for people: {@code 2.500 s: write /web memory.limit_in_bytes "64M"}. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(100);
    line.append(String.format(Locale.ROOT, "%.3f s: ", at.toNanos() / 1e9));
    line.append(operation.name().toLowerCase(Locale.ROOT)).append(' ').append(group);
    if (!file.isEmpty()) {
      line.append(' ').append(file);
    }
    if (!text.isEmpty()) {
      line.append(" \"").append(value()).append('"');
    }
    errno.ifPresent(name -> line.append(" -> ").append(name).append(": ").append(why));
    return line.toString();
  }
}
