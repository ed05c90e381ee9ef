package io.github.vcgroupfs.controllers;

import io.github.vcgroupfs.cgroup.CgroupTree;
import io.github.vcgroupfs.cgroup.Controller;
import io.github.vcgroupfs.cgroupfs.file.ControlFile;
import io.github.vcgroupfs.cgroupfs.file.Served;
import io.github.vcgroupfs.cgroupfs.file.ServedFile;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import io.github.vcgroupfs.memcg.counter.ModelListener;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A kind of controller: what the program needs to know of it before it makes one for a hierarchy.
 * {@link Controllers} has them all. Immutable.
 *
 * @param name the kernel's name
 * @param requires the feature of the kernels that have it; null: all have it
 * @param files the rows of its files, in the order of a directory
 * @param maker makes one
 * @param server what one serves of the files of ours
 */
public record ControllerKind(
    String name,
    @Nullable KernelFeature requires,
    List<ControlFile> files,
    Maker maker,
    Server server) {

  /** Copies the rows. */
  public ControllerKind {
    files = List.copyOf(files);
  }

  /** How one is made. */
  public interface Maker {
    /** Makes a controller for one hierarchy. */
    Controller make(Surroundings around);
  }

  /** What a controller serves of {@code sim.*}. */
  public interface Server {
    /** The files, of the controller in that hierarchy; often none. */
    Map<Served, ServedFile> files(CgroupTree tree);
  }

  /**
   * What a controller may need of the world around it.
   *
   * @param profile whose rules apply
   * @param nanoTime the clock, as {@link System#nanoTime()}
   * @param listener hears of broken invariants
   */
  public record Surroundings(
      KernelProfile profile, LongSupplier nanoTime, ModelListener listener) {}

  /** Whether that kernel has it. */
  public boolean isIn(KernelProfile profile) {
    return requires == null || profile.has(requires);
  }
}
