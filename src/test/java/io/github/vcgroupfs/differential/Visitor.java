package io.github.vcgroupfs.differential;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sees files, and keeps what it saw in an order of its own: that of a directory is not compared.
 */
final class Visitor implements FileVisitor<Path> {
  private final Set<String> seen = new TreeSet<>();

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    seen.add("into " + directory + " " + attributes.isDirectory());
    return Objects.toString(directory.getFileName()).equals("c")
        ? FileVisitResult.SKIP_SUBTREE
        : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    seen.add("at " + file + " " + attributes.isRegularFile() + attributes.isDirectory());
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) {
    seen.add("not " + failure);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
    seen.add("out of " + directory + " " + failure);
    return FileVisitResult.CONTINUE;
  }

  @Override
  public String toString() {
    return seen.toString();
  }
}
