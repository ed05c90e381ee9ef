package io.github.vcgroupfs.nio;

import java.util.List;
import java.util.Objects;

/**
 * What a test says of the writes to one control file. Each method fails with an {@link
 * AssertionError} whose message ends with what was really called. Only writes that succeeded count.
 */
public final class WriteAssertion {
  private final CallReport history;
  private final String file;
  private final List<FileCall> inGroup;
  private final List<FileCall> writes;

  WriteAssertion(CallReport history, String group, String file, List<FileCall> inGroup) {
    this.history = history;
    this.file = file + " of " + group;
    this.inGroup = inGroup;
    this.writes = of(file);
    if (writes.isEmpty()) {
      throw history.wrong("Nobody wrote %s with success".formatted(this.file));
    }
  }

  private List<FileCall> of(String name) {
    return inGroup.stream().filter(each -> each.file().equals(name) && each.succeeded()).toList();
  }

  /**
   * The last write had this text; a newline at the end makes no difference.
   *
   * @param text the text
   * @return this
   */
  public WriteAssertion with(String text) {
    String last = writes.get(writes.size() - 1).value();
    String wanted = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    if (!last.equals(wanted)) {
      throw history.wrong(
          "The last write to %s was \"%s\", not \"%s\"".formatted(file, last, wanted));
    }
    return this;
  }

  /**
   * There were so many writes.
   *
   * @param count how many
   * @return this
   */
  public WriteAssertion times(int count) {
    if (writes.size() != count) {
      throw history.wrong("%d writes to %s, not %d".formatted(writes.size(), file, count));
    }
    return this;
  }

  /**
   * The first write came before the first write to another file of the group, which there was.
   *
   * @param other the name of the other control file
   * @return this
   */
  public WriteAssertion before(String other) {
    FileCall mine = writes.get(0);
    FileCall theirs = first(other);
    if (mine.number() > theirs.number()) {
      throw history.wrong("%s was written before %s".formatted(other, file));
    }
    return this;
  }

  /**
   * The first write came after the first write to another file of the group, which there was.
   *
   * @param other the name of the other control file
   * @return this
   */
  public WriteAssertion after(String other) {
    FileCall mine = writes.get(0);
    FileCall theirs = first(other);
    if (mine.number() < theirs.number()) {
      throw history.wrong("%s was written before %s".formatted(file, other));
    }
    return this;
  }

  private FileCall first(String other) {
    List<FileCall> theirs = of(other);
    if (theirs.isEmpty()) {
      throw history.wrong(
          "%s was written, but nobody wrote %s of the same group with success"
              .formatted(file, Objects.requireNonNull(other)));
    }
    return theirs.get(0);
  }
}
