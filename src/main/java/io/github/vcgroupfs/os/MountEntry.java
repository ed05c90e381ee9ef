package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One mount. It can be read from a line of {@code /proc/PID/mountinfo} or {@code /proc/PID/mounts},
 * and written as such a line: {@code Documentation/filesystems/proc.rst} section 3.5, proc(5).
 * Names have one char for each byte, without the escapes of the files. Immutable.
 *
 * @param id the number of the mount; 0 if unknown, as in {@code mounts}
 * @param parentId the number of the mount it is mounted on; 0 if unknown
 * @param device {@code major:minor} of st_dev; empty if unknown
 * @param root the path inside the file system that forms the root of the mount
 * @param mountPoint where it is mounted
 * @param options options of the mount, with commas between; empty in {@code mounts}
 * @param type the file system, {@code fuse.cgroup}
 * @param source what is mounted, {@code vcgroupfs}
 * @param superOptions options of the file system, with commas between; in {@code mounts} all
 *     options
 */
public record MountEntry(
    int id,
    int parentId,
    String device,
    String root,
    String mountPoint,
    String options,
    String type,
    String source,
    String superOptions) {

  /** The source that mounts of this program show. */
  public static final String SOURCE = "vcgroupfs";

  /** The type of mounts of this program, after {@code fuse.}. */
  public static final String SUBTYPE = "cgroup";

  /** {@code cgroup1_show_options}. */
  private static final String NAME_OPTION = "name=";

  private static final String OUR_TYPE = "fuse." + SUBTYPE;

  /** Reads a line of {@code mountinfo}. Empty if it is something else. */
  public static Optional<MountEntry> parse(String line) {
    String[] fields = line.split(" ", -1);
    int separator = 6; // after any number of optional fields
    while (separator < fields.length && !"-".equals(fields[separator])) {
      separator++;
    }
    if (fields.length < separator + 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new MountEntry(
              Integer.parseInt(fields[0]),
              Integer.parseInt(fields[1]),
              fields[2],
              unescape(fields[3]),
              unescape(fields[4]),
              fields[5],
              unescape(fields[separator + 1]),
              unescape(fields[separator + 2]),
              fields.length > separator + 3 ? fields[separator + 3] : ""));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads a line of {@code mounts}: {@code source place type options 0 0}. Empty if it is something
   * else.
   */
  public static Optional<MountEntry> parseMounts(String line) {
    String[] fields = line.split(" ", -1);
    return fields.length < 4
        ? Optional.empty()
        : Optional.of(
            new MountEntry(
                0,
                0,
                "",
                "/",
                unescape(fields[1]),
                "",
                unescape(fields[2]),
                unescape(fields[0]),
                fields[3]));
  }

  /** This mount as a line of {@code mountinfo}, without optional fields: {@code show_mountinfo}. */
  public String toMountinfo() {
    return "%d %d %s %s %s %s - %s %s %s"
        .formatted(
            id,
            parentId,
            device,
            escape(root),
            escape(mountPoint),
            options,
            escape(type),
            escape(source),
            superOptions);
  }

  /**
   * This mount as a line of {@code mounts}, which has all options in one place: {@code
   * show_vfsmnt}.
   */
  public String toMounts() {
    String all = superOptions.replaceFirst("^r[ow](?=,|$)", options);
    return "%s %s %s %s 0 0".formatted(escape(source), escape(mountPoint), escape(type), all);
  }

  /** Whether it is a mount of this program, alive or dead. */
  public boolean isOurs() {
    return isOfOurType() && source.equals(SOURCE);
  }

  /** Whether it has the type of our mounts, whatever its source is. */
  public boolean isOfOurType() {
    return type.equals(OUR_TYPE);
  }

  /** Whether a daemon serves it, so that looking at it may never end. */
  public boolean isFuse() {
    return type.startsWith("fuse"); // fuse, fuseblk, fuse.NAME
  }

  /** Whether it is a cgroup hierarchy of the kernel, v1 or v2. */
  public boolean isCgroup() {
    return type.equals("cgroup") || type.equals("cgroup2");
  }

  /** Whether it is a v1 hierarchy of the kernel with this controller. */
  public boolean isV1With(String controller) {
    return isV1() && List.of(superOptions.split(",", -1)).contains(controller);
  }

  /** Whether it is a v1 hierarchy of the kernel. */
  public boolean isV1() {
    return type.equals("cgroup");
  }

  /** The name of a v1 hierarchy of the kernel, if it has one. */
  public Optional<String> v1Name() {
    return Stream.of(superOptions.split(",", -1))
        .filter(option -> isV1() && option.startsWith(NAME_OPTION))
        .map(option -> option.substring(NAME_OPTION.length()))
        .findFirst();
  }

  /** Whether a path lies below the mount point. */
  public boolean holds(String path) {
    return path.startsWith(mountPoint.endsWith("/") ? mountPoint : mountPoint + "/");
  }

  /**
   * As {@code mangle_path()} in {@code fs/seq_file.c}, with the four bytes it is asked to write.
   */
  public static String escape(String name) {
    return name.replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012");
  }

  /** {@code \040} and its like, as {@code mangle_path()} in {@code fs/seq_file.c} writes them. */
  private static String unescape(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    byte[] in = field.getBytes(ISO_8859_1);
    StringBuilder out = new StringBuilder(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '\\' && i + 3 < in.length && isOctal(in, i + 1)) {
        out.append((char) ((in[i + 1] - '0') << 6 | (in[i + 2] - '0') << 3 | (in[i + 3] - '0')));
        i += 3;
      } else {
        out.append((char) (in[i] & 0xff));
      }
    }
    return out.toString();
  }

  private static boolean isOctal(byte[] in, int from) {
    for (int i = from; i < from + 3; i++) {
      if (in[i] < '0' || in[i] > '7') {
        return false;
      }
    }
    return in[from] <= '3';
  }
}
