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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the program knows of a controller before it makes one for a hierarchy. {@link Controllers}
 * lists them all. Immutable.
 *
 * @param name the kernel's name
 * @param requires the feature that kernels with this controller have; null: all kernels have it
 * @param rows makes the rows of its files, in the order in which a directory lists them; not before
 *     somebody wants them, since that takes time
 * @param maker makes a controller
 * @param server says which {@code sim.*} files a controller serves, and which files the machine has
 */
public record ControllerKind(
    String name,
    @Nullable KernelFeature requires,
    Supplier<List<ControlFile>> rows,
    Maker maker,
    Server server) {

  /** The rows of its files, in the order in which a directory lists them. */
  public List<ControlFile> files() {
    return rows.get();
  }

  /** Makes controllers of one kind. */
  public interface Maker {
    /** Makes a controller for one hierarchy. */
    Controller make(Surroundings around);
  }

  /** Says which files a controller has in one hierarchy. */
  public interface Server {
    /** The files that the controller of this hierarchy serves; often none. */
    Map<Served, ServedFile> files(CgroupTree tree);

    /** Whether the machine has what a file of this controller is about; all files but a few do. */
    default boolean shows(ControlFile row, CgroupTree tree) {
      return true;
    }
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

  /** Whether this kernel has the controller. */
  public boolean isIn(KernelProfile profile) {
    return requires == null || profile.has(requires);
  }
}
