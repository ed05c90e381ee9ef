package io.github.vcgroupfs.os;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says why an operation on a file failed, for people. Has no state. */
public final class Reasons {
  private Reasons() {}

  /** The reason, without the name of the file or of a class. */
  public static String of(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file of that name is in the way";
    }
    if (e instanceof FileSystemException known && known.getReason() != null) {
      return known.getReason();
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** The reason, with the name of the file. */
  public static String withFile(FileSystemException e) {
    boolean aboutThePath = e instanceof NoSuchFileException || e instanceof AccessDeniedException;
    return aboutThePath ? of(e) + ": " + e.getFile() : e.getFile() + ": " + of(e);
  }
}
