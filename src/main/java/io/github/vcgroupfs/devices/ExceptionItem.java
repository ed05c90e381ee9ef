package io.github.vcgroupfs.devices;

/**
 * One entry of a group's list: devices and what may, or may not, be done with them. {@code struct
 * dev_exception_item}. Immutable.
 *
 * @param type which kind of devices
 * @param major the major number, or {@link #ANY}
 * @param minor the minor number, or {@link #ANY}
 * @param access the bits {@link #MKNOD}, {@link #READ}, {@link #WRITE}
 */
record ExceptionItem(Type type, int major, int minor, int access) {
  /** Every number. Whoever writes 4294967295 gets this, too. */
  static final int ANY = -1;

  // include/linux/device_cgroup.h
  static final int MKNOD = 1;
  static final int READ = 2;
  static final int WRITE = 4;
  private static final int MASK = MKNOD | READ | WRITE;

  /** Everything with all devices. */
  static final ExceptionItem ALL = new ExceptionItem(Type.ALL, ANY, ANY, MASK);

  /** The kinds of devices. */
  enum Type {
    /** All of them. */
    ALL('a'),
    /** Block devices. */
    BLOCK('b'),
    /** Character devices. */
    CHAR('c');

    private final char letter;

    Type(char letter) {
      this.letter = letter;
    }
  }

  /** Whether it is about all devices of all types. */
  boolean isAll() {
    return type == Type.ALL;
  }

  /** Whether the entry names the same devices in the same words. */
  boolean isAbout(ExceptionItem other) {
    return type == other.type && major == other.major && minor == other.minor;
  }

  ExceptionItem withAccess(int bits) {
    return new ExceptionItem(type, major, minor, bits);
  }

  /** Whether it has every device and every access of the other: {@code match_exception}. */
  boolean contains(ExceptionItem other) {
    return coversType(other)
        && (major == ANY || major == other.major)
        && (minor == ANY || minor == other.minor)
        && (other.access & ~access) == 0;
  }

  /** Whether a device and an access are in both: {@code match_exception_partial}. */
  boolean overlaps(ExceptionItem other) {
    return coversType(other)
        && (major == ANY || other.major == ANY || major == other.major)
        && (minor == ANY || other.minor == ANY || minor == other.minor)
        && (access & other.access) != 0;
  }

  /** The kernel asks for the bit of a type only if the other has it, and "all" has neither. */
  private boolean coversType(ExceptionItem other) {
    return other.isAll() || type == other.type;
  }

  /** A line of {@code devices.list}, without a newline. */
  @Override
  public String toString() {
    return "%c %s:%s %s"
        .formatted(
            type.letter,
            number(major),
            number(minor),
            letter(READ, "r") + letter(WRITE, "w") + letter(MKNOD, "m"));
  }

  private String letter(int bit, String shown) {
    return (access & bit) == 0 ? "" : shown;
  }

  private static String number(int number) {
    return number == ANY ? "*" : Integer.toUnsignedString(number);
  }
}
