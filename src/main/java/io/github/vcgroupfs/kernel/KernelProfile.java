package io.github.vcgroupfs.kernel;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which Linux we pretend to be: features, constants and rules, and no code. Immutable.
 *
 * <p>A profile as {@link Profiles} lists it is <em>strict</em>: it has what that kernel had. {@link
 * #relaxed()} adds what our own mounts offer on top.
 *
 * @param id the name on the command line, {@code lwn-2011}
 * @param label one line for people
 * @param features what the kernel has
 * @param extensions what {@link #relaxed()} adds
 * @param limits the parser of byte limits, and the counter era
 * @param integers the parser of integers
 * @param files how files are transported and formatted
 * @param memory how the memory controller treats groups
 * @param tcp the TCP memory constants
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

  /** A profile. */
  public KernelProfile {
    features = Set.copyOf(features);
    extensions = Set.copyOf(extensions);
  }

  /** Whether the kernel has that. */
  public boolean has(KernelFeature feature) {
    return features.contains(feature);
  }

  /** How the kernel counts. */
  public CounterEra era() {
    return limits.era();
  }

  /**
   * The profile of a mount without {@code --strict}: our files, settable usage and the article's
   * reading are added, and the id space no longer ends.
   */
  public KernelProfile relaxed() {
    EnumSet<KernelFeature> all = EnumSet.copyOf(features);
    all.addAll(extensions);
    all.remove(KernelFeature.GROUP_ID_SPACE);
    return new KernelProfile(id, label, all, extensions, limits, integers, files, memory, tcp);
  }

  /** The same kernel with other TCP constants: sysctls that a scenario sets. */
  public KernelProfile withTcp(TcpConstants constants) {
    return new KernelProfile(
        id, label, features, extensions, limits, integers, files, memory, constants);
  }

  /** The id, for a sentence; nobody else asks for it. */
  @Override
  public String toString() {
    return id;
  }
}
