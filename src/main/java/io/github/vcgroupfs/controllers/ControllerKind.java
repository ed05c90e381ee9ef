package io.github.vcgroupfs.controllers;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroup.Machine;
import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.freezer.Stopper;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the program knows of a controller before it makes one for a hierarchy. {@link Controllers}
 * lists them all. Immutable; there is one object of each.
 *
 * <p>Each is a class of its own, and no record of functions: a function costs every start ten times
 * as much as a method, also if nobody calls it (benchmarks.md, Where a start goes).
 */
public abstract class ControllerKind {
  private final String name;
  private final @Nullable KernelFeature requires;

  /**
   * A kind of controllers.
   *
   * @param name the kernel's name
   * @param requires the feature that kernels with this controller have; null: all kernels have it
   */
  ControllerKind(String name, @Nullable KernelFeature requires) {
    this.name = name;
    this.requires = requires;
  }

  /** The kernel's name. */
  public String name() {
    return name;
  }

  /** Makes the rows of its files, in the order in which a directory lists them. */
  public abstract List<ControlFile> files();

  /** Makes a controller for one hierarchy. */
  abstract Controller make(Surroundings around);

  /** The {@code sim.*} files that the controller of this hierarchy serves; often none. */
  Map<Served, ServedFile> served(CgroupTree tree) {
    return Map.of();
  }

  /** Whether the machine has what a file of this controller is about; all files but a few do. */
  boolean shows(ControlFile row, CgroupTree tree) {
    return true;
  }

  /** Whether this kernel has the controller. */
  public boolean isIn(KernelProfile profile) {
    return requires == null || profile.has(requires);
  }

  @Override
  public String toString() {
    return name;
  }

  /**
   * What a controller may need from outside.
   *
   * @param profile the kernel whose rules apply
   * @param nanoTime the clock, as {@link System#nanoTime()}
   * @param listener is called when the model finds an error in its own sums
   * @param machine the computer that groups are shown to be on
   * @param stopper stops members of frozen groups
   */
  public record Surroundings(
      KernelProfile profile,
      LongSupplier nanoTime,
      ModelListener listener,
      Machine machine,
      Stopper stopper) {}
}
