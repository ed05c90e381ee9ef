package io.github.vcgroupfs.junit;

import io.github.vcgroupfs.nio.Cgroups;
import io.github.vcgroupfs.nio.VirtualCgroupFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A hierarchy in this JVM. */
final class InJvmHierarchy implements Hierarchy {
  private final VirtualCgroupFileSystem fileSystem;
  private final Cgroups cgroups;

  private InJvmHierarchy(VirtualCgroupFileSystem fileSystem) {
    this.fileSystem = fileSystem;
    this.cgroups = fileSystem.cgroups();
  }

  /** Makes it. */
  static Hierarchy open(Settings settings, ExtensionContext context) throws IOException {
    try (FixtureFile fixture = FixtureFile.find(settings.fixture(), Opening.loader(context))) {
      return new InJvmHierarchy(FileSystems.open(settings, fixture));
    }
  }

  @Override
  public Path root() {
    return fileSystem.root();
  }

  @Override
  public Cgroups cgroups() {
    return cgroups;
  }

  @Override
  public Optional<VirtualCgroupFileSystem> fileSystem() {
    return Optional.of(fileSystem);
  }

  @Override
  public WhatHappened whatHappened() {
    return WhatHappened.of(cgroups.why(), cgroups.journal());
  }

  @Override
  public void close() throws IOException {
    fileSystem.close();
  }
}
