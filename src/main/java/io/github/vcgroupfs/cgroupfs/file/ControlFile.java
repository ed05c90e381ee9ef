package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.cgroup.EventSource;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of files: one control file, as the kernel's {@code struct cftype}. A row is
 * the same in every mount, and so is its handler: what belongs to one mount or one group is handed
 * to the handler with each call, as a {@link FileTarget}. Permission bits are computed from the
 * row.
 *
 * @param name without the prefix of its owner
 * @param owner cgroup core, a controller, or we
 * @param alias a second name of the same file, complete; there if {@code aliasRequires} is
 * @param aliasRequires the feature that brings the second name
 * @param handler what reads and writes it
 * @param visibility in which directories it stands
 * @param requires the feature the profile must have; null: always there
 * @param writeRequires the feature without which it can only be read; null: as the handler says
 * @param readBitRequires the feature that shows a read bit although there is nothing to read; null:
 *     as the handler says
 * @param worldWritable the feature that makes it writable by everybody; null: none does
 * @param deprecatedWith the feature with which the first write is a warning in the kernel's log;
 *     null: none is
 * @param events what a registration that names it waits for; null: it cannot be named
 * @param errors what a write to it can return in the kernel, beside what every write can
 * @param served what must be served in a mount, or it is left out; null: nothing
 * @param folder whether it is a folder of files of ours and has no text itself
 * @param differsByReader whether its text, and so its size, differs from reader to reader
 * @param fidelity how true it is
 * @param source which kernel function, review thread or page of ours it follows
 */
public record ControlFile(
    String name,
    FileOwner owner,
    @Nullable String alias,
    @Nullable KernelFeature aliasRequires,
    Handler handler,
    Visibility visibility,
    @Nullable KernelFeature requires,
    @Nullable KernelFeature writeRequires,
    @Nullable KernelFeature readBitRequires,
    @Nullable KernelFeature worldWritable,
    @Nullable KernelFeature deprecatedWith,
    @Nullable EventSource events,
    Set<Errno> errors,
    @Nullable Served served,
    boolean folder,
    boolean differsByReader,
    Fidelity fidelity,
    String source) {

  /** A row in the making. */
  public static Builder of(
      FileOwner owner, String name, Handler handler, Fidelity fidelity, String source) {
    return new Builder(owner, name, handler, fidelity, source);
  }

  /** The name in the directory. */
  public String fullName() {
    return owner.fullName(name);
  }

  /** Whether the profile has this file in such a directory. */
  public boolean isIn(KernelProfile profile, boolean root) {
    return visibility.covers(root) && (requires == null || profile.has(requires));
  }

  /** Whether the profile has the second name. */
  public boolean hasAlias(KernelProfile profile) {
    return alias != null && aliasRequires != null && profile.has(aliasRequires);
  }

  /** Whether the profile lets it be written. */
  public boolean isWritable(KernelProfile profile) {
    return handler.writeShape() != WriteShape.NONE
        && (writeRequires == null || profile.has(writeRequires));
  }

  /** Whether the kernel warns of the first write. */
  public boolean isDeprecated(KernelProfile profile) {
    return deprecatedWith != null && profile.has(deprecatedWith);
  }

  /** The permission bits: {@code cgroup_file_mode}. */
  public int mode(KernelProfile profile) {
    if (folder) {
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

  /** A row in the making: what most rows do not say has a default. Not thread-safe. */
  public static final class Builder {
    private final FileOwner owner;
    private final String name;
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
    private @Nullable KernelFeature deprecatedWith;
    private @Nullable EventSource events;
    private Set<Errno> errors = Set.of();
    private @Nullable Served served;
    private boolean folder;
    private boolean differsByReader;

    private Builder(
        FileOwner owner, String name, Handler handler, Fidelity fidelity, String source) {
      this.owner = owner;
      this.name = name;
      this.handler = handler;
      this.fidelity = fidelity;
      this.source = source;
    }

    /** In which directories it stands; otherwise in all. */
    public Builder visible(Visibility where) {
      visibility = where;
      return this;
    }

    /** It is there only in profiles with that feature. */
    public Builder requiring(KernelFeature feature) {
      requires = feature;
      return this;
    }

    /** It can be written only in profiles with that feature. */
    public Builder writableWith(KernelFeature feature) {
      writeRequires = feature;
      return this;
    }

    /** Profiles with that feature show a read bit, although there is nothing to read. */
    public Builder readBitWith(KernelFeature feature) {
      readBitRequires = feature;
      return this;
    }

    /** Everybody may write it in profiles with that feature. */
    public Builder worldWritableWith(KernelFeature feature) {
      worldWritable = feature;
      return this;
    }

    /** The first write is a warning in the log in profiles with that feature. */
    public Builder deprecatedWith(KernelFeature feature) {
      deprecatedWith = feature;
      return this;
    }

    /** A registration in {@code cgroup.event_control} can name it. */
    public Builder notifying(EventSource eventSource) {
      events = eventSource;
      return this;
    }

    /** What a write to it can return in the kernel, beside what every write can. */
    public Builder failing(Errno... errnos) {
      errors = Set.of(errnos);
      return this;
    }

    /** Mounts in which nobody serves that leave it out. */
    public Builder servedAs(Served which) {
      served = which;
      return this;
    }

    /** It is a folder of files of ours. */
    public Builder asFolder() {
      folder = true;
      return this;
    }

    /** Its text depends on who reads it. */
    public Builder differingByReader() {
      differsByReader = true;
      return this;
    }

    /** It has a second name, complete, in profiles with that feature. */
    public Builder alsoNamed(String second, KernelFeature feature) {
      alias = second;
      aliasRequires = feature;
      return this;
    }

    /** The row. */
    public ControlFile build() {
      return new ControlFile(
          name,
          owner,
          alias,
          aliasRequires,
          handler,
          visibility,
          requires,
          writeRequires,
          readBitRequires,
          worldWritable,
          deprecatedWith,
          events,
          errors,
          served,
          folder,
          differsByReader,
          fidelity,
          source);
    }
  }
}
