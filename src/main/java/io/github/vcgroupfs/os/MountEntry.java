package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;

/**
 * One line of {@code /proc/PID/mountinfo}, {@code Documentation/filesystems/proc.rst} section 3.5.
 * Names have one char a byte. Immutable.
 *
 * @param id the mount
 * @param parentId the mount it is mounted on
 * @param device {@code major:minor} of st_dev
 * @param root the path inside the file system that forms the root of the mount
 * @param mountPoint where it is
 * @param type the file system, {@code fuse.cgroup}
 * @param source what is mounted, {@code vcgroupfs}
 */
public record MountEntry(
    int id,
    int parentId,
    String device,
    String root,
    String mountPoint,
    String type,
    String source) {

  /** What our mounts are called. */
  public static final String SOURCE = "vcgroupfs";

  /** The type of our mounts after {@code fuse.}. */
  public static final String SUBTYPE = "cgroup";

  /** A line; empty if it is none. */
  static Optional<MountEntry> parse(String line) {
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
              unescape(fields[separator + 1]),
              unescape(fields[separator + 2])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether it is one of our mounts, alive or dead. */
  public boolean isOurs() {
    return type.equals("fuse." + SUBTYPE) && source.equals(SOURCE);
  }

  /** Whether a daemon answers for it, so that looking at it may take for ever. */
  boolean isFuse() {
    return type.startsWith("fuse"); // fuse, fuseblk, fuse.NAME
  }

  /** Whether that path lies below the mount point. */
  boolean holds(String path) {
    return path.startsWith(mountPoint.endsWith("/") ? mountPoint : mountPoint + "/");
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
