package com.example.limits;

import java.io.IOException;
import java.nio.file.FileSystemException;

/**
 * What the kernel answered. Java has classes for a few answers, as {@code NoSuchFileException}. For
 * all others there is only the text of {@code strerror}.
 */
enum Errno {
  BUSY("Device or resource busy"),
  GROUP_IS_GONE("No such device"),
  NO_SUCH_PROCESS("No such process"),
  NO_SPACE("No space left on device"),
  NOT_SUPPORTED("Operation not supported");

  private final String text;

  Errno(String text) {
    this.text = text;
  }

  /**
   * Whether this is the reason of a failure. A path in the message may say anything, so where Java
   * knows the reason alone, only that counts.
   */
  boolean isReasonOf(IOException failure) {
    String reason =
        failure instanceof FileSystemException
            ? ((FileSystemException) failure).getReason()
            : failure.getMessage();
    return text.equals(reason);
  }
}
