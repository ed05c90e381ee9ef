package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * A handler that can do more with a recorded text of its file than show it as it was: it puts the
 * value into the model, or keeps a part of the text up to date.
 */
public interface Restorable extends Handler {
  /** When it takes over what was recorded. */
  Restoring restoring();

  /**
   * Puts a recorded text into the model, as far as the model can hold it.
   *
   * @throws ErrnoException if this kernel refuses such a value; the file then shows the text as it
   *     was recorded
   */
  default void restore(FileTarget target, String recorded) throws ErrnoException {}

  /**
   * Whether the model says what was recorded, so that the text itself need not be kept.
   *
   * @throws ErrnoException as {@link #read}
   */
  default boolean agrees(FileTarget target, String recorded) throws ErrnoException {
    return read(target).equals(recorded);
  }

  /**
   * What a reader gets where the model does not say what was recorded: the recorded text, with the
   * lines renewed that the model knows.
   *
   * @throws ErrnoException as {@link #read}
   */
  default String showRecorded(String recorded, FileTarget target) throws ErrnoException {
    return recorded;
  }
}
