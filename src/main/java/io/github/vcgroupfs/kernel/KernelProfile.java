package io.github.vcgroupfs.kernel;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which Linux a mount imitates: features, constants and rules, as data and without code. Immutable.
 *
 * <p>The profiles in {@link Profiles} are <em>strict</em>: they have what that kernel had. {@link
 * #relaxed()} adds what this program offers beyond that.
 *
 * @param id the name on the command line, such as {@code lwn-2011}
 * @param label one line for people
 * @param features what the kernel has
 * @param extensions what {@link #relaxed()} adds
 * @param limits reads limits in bytes, and knows the counter era
 * @param integers reads integers
 * @param files how the files are passed on and formatted
 * @param memory how the memory controller treats groups
 * @param tcp the constants of TCP memory
 */
public record KernelProfile(
    String id,
    String label,
    Set<KernelFeature> features,
    Set<KernelFeature> extensions,
    LimitParser limits,
    IntegerParser integers,
    FileRules files,
    MemoryRules memory,
    TcpConstants tcp) {

  /** A profile; copies the sets. */
  public KernelProfile {
    features = Set.copyOf(features);
    extensions = Set.copyOf(extensions);
  }

  /** Whether the kernel has this feature. */
  public boolean has(KernelFeature feature) {
    return features.contains(feature);
  }

  /** Whether the kernel counts bytes or pages. */
  public CounterEra era() {
    return limits.era();
  }

  /**
   * The profile of a mount without {@code --strict}. It also has the {@code sim.*} files, usage
   * that can be written, and our reading of the article. It never runs out of group ids.
   */
  public KernelProfile relaxed() {
    EnumSet<KernelFeature> all = EnumSet.copyOf(features);
    all.addAll(extensions);
    all.remove(KernelFeature.GROUP_ID_SPACE);
    return new KernelProfile(id, label, all, extensions, limits, integers, files, memory, tcp);
  }

  /** The same kernel at a patch level at which it also had these. */
  public KernelProfile with(Set<PatchLevel> levels) {
    if (levels.isEmpty()) {
      return this;
    }
    EnumSet<KernelFeature> all = EnumSet.copyOf(features);
    levels.forEach(level -> all.add(level.feature()));
    return new KernelProfile(id, label, all, extensions, limits, integers, files, memory, tcp);
  }

  /** The same kernel with other TCP constants, for a scenario that sets sysctls. */
  public KernelProfile withTcp(TcpConstants constants) {
    return new KernelProfile(
        id, label, features, extensions, limits, integers, files, memory, constants);
  }

  /** The id, for use in a sentence. Nothing else may depend on it. */
  @Override
  public String toString() {
    return id;
  }
}
