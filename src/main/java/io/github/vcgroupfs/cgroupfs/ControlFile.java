package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroup.EventSource;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table: one control file, as the kernel's {@code struct cftype}. Data and no
 * behaviour.
 *
 * @param name the bare name
 * @param prefixed whether {@code memory.} is put in front
 * @param alias a second name of the same knob, complete; present if {@code aliasRequires} is
 * @param aliasRequires the feature that brings the second name
 * @param handler what stands behind it; the permission bits are derived from it
 * @param visibility in which directories it stands
 * @param requires the feature the profile must have; null: always there
 * @param writeRequires the feature without which it can only be read; null: as the handler says
 * @param readBitRequires the feature that shows a read bit although there is nothing to read; null:
 *     as the handler says
 * @param worldWritable the feature that makes it writable by everybody; null: none does
 * @param events what a registration that names it waits for; null: it cannot be named
 * @param fidelity how true it is
 * @param source which kernel function, review thread or page of ours it follows
 */
record ControlFile(
    String name,
    boolean prefixed,
    @Nullable String alias,
    @Nullable KernelFeature aliasRequires,
    Handler handler,
    Visibility visibility,
    @Nullable KernelFeature requires,
    @Nullable KernelFeature writeRequires,
    @Nullable KernelFeature readBitRequires,
    @Nullable KernelFeature worldWritable,
    @Nullable EventSource events,
    Fidelity fidelity,
    String source) {

  private static final String PREFIX = "memory.";

  /** A file of cgroup core: no prefix. */
  static Builder core(String name, Handler handler, Fidelity fidelity, String source) {
    return new Builder(name, false, handler, fidelity, source);
  }

  /** A file of the memory controller. */
  static Builder memory(String name, Handler handler, Fidelity fidelity, String source) {
    return new Builder(name, true, handler, fidelity, source);
  }

  /** A file of ours. */
  static Builder sim(String name, Handler handler, Visibility where, String source) {
    return new Builder(name, false, handler, Fidelity.ENFORCED, source)
        .visible(where)
        .requiring(KernelFeature.SIM_FILES);
  }

  /** The name in the directory. */
  String fullName() {
    return prefixed ? PREFIX + name : name;
  }

  /** Whether the profile has this file in such a directory. */
  boolean isIn(KernelProfile profile, boolean root) {
    return visibility.covers(root) && (requires == null || profile.has(requires));
  }

  /** Whether the profile has the second name. */
  boolean hasAlias(KernelProfile profile) {
    return alias != null && aliasRequires != null && profile.has(aliasRequires);
  }

  /** Whether the profile lets it be written. */
  boolean isWritable(KernelProfile profile) {
    return handler.writeShape() != WriteShape.NONE
        && (writeRequires == null || profile.has(writeRequires));
  }

  /** The permission bits: {@code cgroup_file_mode}. */
  int mode(KernelProfile profile) {
    if (handler.isFolder()) {
      return 0555;
    }
    boolean readBit =
        handler.readShape() != ReadShape.NONE
            || (readBitRequires != null && profile.has(readBitRequires));
    int mode = readBit ? 0444 : 0;
    if (isWritable(profile)) {
      mode |= worldWritable != null && profile.has(worldWritable) ? 0222 : 0200;
    }
    return mode;
  }

  /** A row in the making: what most rows do not say has a default. */
  static final class Builder {
    private final String name;
    private final boolean prefixed;
    private final Handler handler;
    private final Fidelity fidelity;
    private final String source;
    private @Nullable String alias;
    private @Nullable KernelFeature aliasRequires;
    private Visibility visibility = Visibility.EVERYWHERE;
    private @Nullable KernelFeature requires;
    private @Nullable KernelFeature writeRequires;
    private @Nullable KernelFeature readBitRequires;
    private @Nullable KernelFeature worldWritable;
    private @Nullable EventSource events;
    private @Nullable KernelFeature warns;

    private Builder(
        String name, boolean prefixed, Handler handler, Fidelity fidelity, String source) {
      this.name = name;
      this.prefixed = prefixed;
      this.handler = handler;
      this.fidelity = fidelity;
      this.source = source;
    }

    Builder visible(Visibility where) {
      visibility = where;
      return this;
    }

    Builder requiring(KernelFeature feature) {
      requires = feature;
      return this;
    }

    Builder writableWith(KernelFeature feature) {
      writeRequires = feature;
      return this;
    }

    Builder readBitWith(KernelFeature feature) {
      readBitRequires = feature;
      return this;
    }

    Builder worldWritableWith(KernelFeature feature) {
      worldWritable = feature;
      return this;
    }

    Builder notifying(EventSource source) {
      events = source;
      return this;
    }

    /** A write is a warning in the log of kernels with that feature. */
    Builder deprecatedWith(KernelFeature feature) {
      warns = feature;
      return this;
    }

    Builder alsoNamed(String second, KernelFeature feature) {
      alias = second;
      aliasRequires = feature;
      return this;
    }

    ControlFile build() {
      return new ControlFile(
          name,
          prefixed,
          alias,
          aliasRequires,
          warns == null
              ? handler
              : new DeprecatedHandler(handler, warns, (prefixed ? PREFIX : "") + name),
          visibility,
          requires,
          writeRequires,
          readBitRequires,
          worldWritable,
          events,
          fidelity,
          source);
    }
  }
}
