package io.github.vcgroupfs.nio;

import io.github.vcgroupfs.injvm.World;
import java.nio.file.Path;

/** A stand-in until the file system itself is there. */
public final class VirtualCgroupFileSystem implements AutoCloseable {
  private final World world;
  private final String at;

  VirtualCgroupFileSystem(World world, String at) {
    this.world = world;
    this.at = at;
  }

  /** A builder. */
  public static VirtualCgroupFileSystemBuilder builder() {
    return new VirtualCgroupFileSystemBuilder();
  }

  /** The test's side. */
  public Cgroups cgroups() {
    return new Cgroups(world, path -> Path.of(at + path));
  }

  @Override
  public void close() {
    world.close();
  }
}
