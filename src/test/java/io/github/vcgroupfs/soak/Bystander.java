package io.github.vcgroupfs.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A program that reads a file ten times a second, and says how long each read took: open, read and
 * close, in nanoseconds, a line each. It ends when its reader does.
 */
final class Bystander {
  static final int PAUSE_MS = 100;

  private Bystander() {}

  /** Reads the file that is named. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path file = Path.of(arguments[0]);
    while (!System.out.checkError()) {
      long begin = System.nanoTime();
      int length = Files.readAllBytes(file).length;
      long ns = System.nanoTime() - begin;
      if (length == 0) {
        throw new IOException(file + " is empty");
      }
      System.out.println(ns);
      Thread.sleep(PAUSE_MS);
    }
  }
}
