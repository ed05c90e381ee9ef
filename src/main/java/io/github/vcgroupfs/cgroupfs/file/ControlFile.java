package io.github.vcgroupfs.cgroupfs.file;

import io.github.vcgroupfs.cgroup.EventSource;
import io.github.vcgroupfs.columns.Column;
import io.github.vcgroupfs.kernel.Errno;
import io.github.vcgroupfs.kernel.KernelFeature;
import io.github.vcgroupfs.kernel.KernelProfile;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One control file: a row of the table of files, like the kernel's {@code struct cftype}.
 *
 * <p>A row is the same in every mount, and so is its handler. What belongs to one mount or one
 * group is passed to the handler with each call, in a {@link FileTarget}. The permission bits
 * follow from the row.
 *
 * @param name without the prefix of its owner
 * @param owner who has this file: cgroup core, a controller, or this program
 * @param alias a second, complete name of the same file, for profiles with {@code aliasRequires}
 * @param aliasRequires the feature that brings the second name
 * @param handler reads and writes the file
 * @param visibility which directories have it
 * @param requires the feature the profile must have; null: every profile has the file
 * @param writeRequires the feature without which it can only be read; null: as the handler says
 * @param readBitRequires the feature that shows a read bit although there is nothing to read; null:
 *     as the handler says
 * @param worldWritable the feature that makes it writable by everybody; null: none does
 * @param deprecatedWith the feature with which the first write puts a warning into the kernel's
 *     log; null: none does
 * @param events the event that a registration for this file waits for; null: registrations cannot
 *     name it
 * @param column where the number that it shows stands in {@code sim.groups}; null: nowhere
 * @param errors what a write to it can return in the kernel, beside what every write can
 * @param served what the mount must serve, or else the file is left out; null: nothing
 * @param folder whether it is a folder of {@code sim.*} files, and has no text itself
 * @param differsByReader whether its text, and so its size, differs from reader to reader
 * @param fidelity how closely it follows the kernel
 * @param source the kernel function, review thread or page that it follows
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
    @Nullable Column column,
    Set<Errno> errors,
    @Nullable Served served,
    boolean folder,
    boolean differsByReader,
    Fidelity fidelity,
    String source) {

  /** Starts a row. */
  public static Builder of(
      FileOwner owner, String name, Handler handler, Fidelity fidelity, String source) {
    return new Builder(owner, name, handler, fidelity, source);
  }

  /** The name in a directory. */
  public String fullName() {
    return owner.fullName(name);
  }

  /**
   * Whether the profile has this file.
   *
   * @param root true for the root directory, false for the directory of another group
   */
  public boolean isIn(KernelProfile profile, boolean root) {
    return visibility.covers(root) && (requires == null || profile.has(requires));
  }

  /** Whether the profile has the second name. */
  public boolean hasAlias(KernelProfile profile) {
    return alias != null && aliasRequires != null && profile.has(aliasRequires);
  }

  /** Whether the profile allows writing to it. */
  public boolean isWritable(KernelProfile profile) {
    return handler.writeShape() != WriteShape.NONE
        && (writeRequires == null || profile.has(writeRequires));
  }

  /** Whether the kernel logs a warning at the first write. */
  public boolean isDeprecated(KernelProfile profile) {
    return deprecatedWith != null && profile.has(deprecatedWith);
  }

  /** The permission bits in this profile: {@code cgroup_file_mode}. */
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

  /** A row that is not complete yet. What most rows do not need has a default. Not thread-safe. */
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
    private @Nullable Column column;
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

    /** Sets which directories have the file. The default is all. */
    public Builder visible(Visibility where) {
      visibility = where;
      return this;
    }

    /** Only profiles with this feature have the file. */
    public Builder requiring(KernelFeature feature) {
      requires = feature;
      return this;
    }

    /** Only in profiles with this feature can it be written. */
    public Builder writableWith(KernelFeature feature) {
      writeRequires = feature;
      return this;
    }

    /** In profiles with this feature it shows a read bit, although there is nothing to read. */
    public Builder readBitWith(KernelFeature feature) {
      readBitRequires = feature;
      return this;
    }

    /** In profiles with this feature everybody may write it. */
    public Builder worldWritableWith(KernelFeature feature) {
      worldWritable = feature;
      return this;
    }

    /** In profiles with this feature the first write puts a warning into the log. */
    public Builder deprecatedWith(KernelFeature feature) {
      deprecatedWith = feature;
      return this;
    }

    /** Registrations in {@code cgroup.event_control} can name the file, and wait for this event. */
    public Builder notifying(EventSource eventSource) {
      events = eventSource;
      return this;
    }

    /** The number that it shows stands in this column of {@code sim.groups}. */
    public Builder asColumn(Column which) {
      column = which;
      return this;
    }

    /**
     * The errors that a write to it can return in the kernel, beside those that every write can.
     */
    public Builder failing(Errno... errnos) {
      errors = Set.of(errnos);
      return this;
    }

    /** Mounts that do not serve this leave the file out. */
    public Builder servedAs(Served which) {
      served = which;
      return this;
    }

    /** Makes it a folder of {@code sim.*} files. */
    public Builder asFolder() {
      folder = true;
      return this;
    }

    /** Its text depends on who reads it. */
    public Builder differingByReader() {
      differsByReader = true;
      return this;
    }

    /** In profiles with this feature it has a second, complete name. */
    public Builder alsoNamed(String second, KernelFeature feature) {
      alias = second;
      aliasRequires = feature;
      return this;
    }

    /** The complete row. */
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
          column,
          errors,
          served,
          folder,
          differsByReader,
          fidelity,
          source);
    }
  }
}
