package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.kernel.ErrnoException;

/**
 * A handler that can restore a recorded value. Other files just show the recorded text. This one
 * puts the value into the model, or keeps a part of the text up to date.
 */
public interface Restorable extends Handler {
  /** When the recorded value is restored. */
  Restoring restoring();

  /**
   * Puts a recorded text into the model, as far as the model can hold it.
   *
   * @throws ErrnoException if this kernel refuses such a value; the file then shows the recorded
   *     text
   */
  default void restore(FileTarget target, String recorded) throws ErrnoException {}

  /**
   * Whether the model shows the recorded text already, so that the text need not be kept.
   *
   * @throws ErrnoException as {@link #read}
   */
  default boolean agrees(FileTarget target, String recorded) throws ErrnoException {
    return read(target).equals(recorded);
  }

  /**
   * What a reader gets if the model does not show the recorded text: the recorded text, but with
   * the present values in those lines that the model knows.
   *
   * @throws ErrnoException as {@link #read}
   */
  default String showRecorded(String recorded, FileTarget target) throws ErrnoException {
    return recorded;
  }
}
