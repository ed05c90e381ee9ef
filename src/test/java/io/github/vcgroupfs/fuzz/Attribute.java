package io.github.vcgroupfs.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.SplittableRandom;

/**
 * An extended attribute.
 *
 * @param kind its prefix, for the key of a call
 * @param name one char a byte
 */
record Attribute(String kind, String name) {
  private static final List<Attribute> ALL =
      List.of(
          new Attribute("user", "user.a"),
          new Attribute("user", "user.b"),
          new Attribute("user", "user." + "x".repeat(250)),
          new Attribute("user-alone", "user."),
          new Attribute("trusted", "trusted.a"),
          new Attribute("trusted", "trusted.\u00ff\n"),
          new Attribute("trusted-alone", "trusted."),
          new Attribute("security", "security.a"),
          new Attribute("capability", "security.capability"),
          new Attribute("security-alone", "security."),
          new Attribute("acl", "system.posix_acl_access"),
          new Attribute("system", "system.x"),
          new Attribute("unknown", "unknown.a"),
          new Attribute("unknown", "nodot"),
          new Attribute("empty", ""),
          new Attribute("long", "user." + "y".repeat(251)));
  private static final int[] SIZES = {0, 1, 100, 65536, 65537};
  private static final int MOST_BYTES = 65536;

  static Attribute any(SplittableRandom random) {
    return ALL.get(random.nextInt(ALL.size()));
  }

  /** The size of a buffer. */
  static int someSize(SplittableRandom random) {
    return SIZES[random.nextInt(SIZES.length)];
  }

  /** A value of 0 to 65,537 bytes; long ones are rare, for all of them are kept. */
  byte[] value(SplittableRandom random) {
    byte[] value = new byte[random.nextInt(16) == 0 ? someSize(random) : random.nextInt(20)];
    random.nextBytes(value);
    return value;
  }

  /** What decides about errors when it is set. */
  String settingVariant(byte[] value, int flags) {
    String kindOfFlags =
        flags == 0 ? "" : flags == 1 ? ",create" : flags == 2 ? ",replace" : ",both";
    return kind + (value.length > MOST_BYTES ? ",toolong" : "") + kindOfFlags;
  }

  long address(Arena arena) {
    return arena.copy(name.getBytes(ISO_8859_1));
  }
}
