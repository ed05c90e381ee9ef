package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.vfs.At;
import io.github.vcgroupfs.vfs.Vfs;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.util.concurrent.ExecutorService;

/**
 * What all paths of a file system share. It stands between paths and the file system so that
 * neither has to know the other.
 */
final class PathHome {
  private final FileSystem fileSystem;
  private final String name;
  private final Vfs vfs;
  private final String workingDirectory;
  private final FileLocks locks = new FileLocks();
  private final ChannelThreads threads = new ChannelThreads();

  /**
   * A home of paths.
   *
   * @param fileSystem whose paths they are
   * @param name the file system's, as it is in addresses
   * @param workingDirectory where relative paths begin: absolute, one char for each byte
   */
  PathHome(FileSystem fileSystem, String name, Vfs vfs, String workingDirectory) {
    this.fileSystem = fileSystem;
    this.name = name;
    this.vfs = vfs;
    this.workingDirectory = workingDirectory;
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  String name() {
    return name;
  }

  String workingDirectory() {
    return workingDirectory;
  }

  /** The system calls; ClosedFileSystemException once the file system is closed. */
  Vfs vfs() {
    if (!fileSystem.isOpen()) {
      throw new ClosedFileSystemException();
    }
    return vfs;
  }

  FileLocks locks() {
    return locks;
  }

  /** Threads for asynchronous channels that bring none. */
  ExecutorService threads() {
    return threads.executor();
  }

  void close() {
    threads.close();
  }

  /** The path that a system call is given. */
  At at(String bytes) {
    return At.path(PathBytes.resolve(workingDirectory, bytes));
  }
}
