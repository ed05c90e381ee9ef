package io.github.vcgroupfs.os;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who this process is. Immutable.
 *
 * @param uid the effective user id
 * @param gid the effective group id
 * @param mayMount whether it has CAP_SYS_ADMIN in its user namespace, so that mount(2) works
 */
public record Identity(int uid, int gid, boolean mayMount) {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** {@code include/uapi/linux/capability.h}. */
  private static final int CAP_SYS_ADMIN = 21;

  /** This process. */
  public static Identity self() {
    try {
      return parse(new String(Files.readAllBytes(STATUS), ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + STATUS, e);
    }
  }

  /** Whether it is the superuser, here or in its user namespace. */
  public boolean isRoot() {
    return uid == 0;
  }

  /** From the text of {@code /proc/PID/status}. */
  static Identity parse(String status) {
    int uid = -1;
    int gid = -1;
    long capabilities = 0;
    for (String line : status.split("\n", -1)) {
      String[] fields = line.split("\\s+", -1);
      switch (fields[0]) {
        case "Uid:" -> uid = Integer.parseUnsignedInt(fields[2]); // real, effective, saved, fs
        case "Gid:" -> gid = Integer.parseUnsignedInt(fields[2]);
        case "CapEff:" -> capabilities = Long.parseUnsignedLong(fields[1], 16);
        default -> {}
      }
    }
    return new Identity(uid, gid, (capabilities >>> CAP_SYS_ADMIN & 1) == 1);
  }
}
