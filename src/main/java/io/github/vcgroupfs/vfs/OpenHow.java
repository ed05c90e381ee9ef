package io.github.vcgroupfs.vfs;

/**
 * The flags of {@code open}. Immutable.
 *
 * @param read O_RDONLY or O_RDWR
 * @param write O_WRONLY or O_RDWR
 * @param append O_APPEND
 * @param create O_CREAT
 * @param exclusive O_EXCL
 * @param truncate O_TRUNC
 * @param noFollow O_NOFOLLOW
 * @param direct O_DIRECT
 */
public record OpenHow(
    boolean read,
    boolean write,
    boolean append,
    boolean create,
    boolean exclusive,
    boolean truncate,
    boolean noFollow,
    boolean direct) {
  /** O_RDONLY. */
  public static final OpenHow READ =
      new OpenHow(true, false, false, false, false, false, false, false);

  /** O_RDONLY | O_NOFOLLOW. */
  public static final OpenHow READ_NO_FOLLOW =
      new OpenHow(true, false, false, false, false, false, true, false);

  /** O_WRONLY. */
  public static final OpenHow WRITE =
      new OpenHow(false, true, false, false, false, false, false, false);

  /** O_WRONLY | O_CREAT | O_EXCL. */
  public static final OpenHow CREATE_NEW =
      new OpenHow(false, true, false, true, true, false, false, false);

  /** What {@code may_open} is asked for: ACC_MODE of the flags, and MAY_WRITE for O_TRUNC. */
  int mask() {
    int mask = read ? Permissions.MAY_READ : 0;
    return write || truncate ? mask | Permissions.MAY_WRITE : mask;
  }
}
