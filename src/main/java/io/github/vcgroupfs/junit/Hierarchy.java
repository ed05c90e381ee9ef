package io.github.vcgroupfs.junit;

import io.github.vcgroupfs.nio.Cgroups;
import io.github.vcgroupfs.nio.VirtualCgroupFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What a test works on. JUnit closes it with the store that it is in. */
interface Hierarchy extends AutoCloseable {
  /** The root directory. */
  Path root();

  /** The programmable side. */
  Cgroups cgroups();

  /** The file system; empty if it is not one in this JVM. */
  Optional<VirtualCgroupFileSystem> fileSystem();

  /** What happened in it so far, for the report of a failure. */
  WhatHappened whatHappened();

  @Override
  void close() throws IOException;
}
