package io.github.vcgroupfs.kernel;

/**
 * How long a write to a control file may be. One byte more is E2BIG. All in bytes.
 *
 * @param maxStringBytes for limits and registrations for events
 * @param maxRuleBytes for lines with rules, which old kernels give more room
 * @param maxIntegerBytes for flags and numbers
 * @param maxPathBytes for {@code release_agent}
 * @param maxResetBytes for files that do not look at the text
 * @param maxAnyBytes for every file, asked before anything else: before whether the group is still
 *     there, and whether the file can be written at all
 */
public record WriteLengths(
    int maxStringBytes,
    int maxRuleBytes,
    int maxIntegerBytes,
    int maxPathBytes,
    int maxResetBytes,
    int maxAnyBytes) {

  /**
   * {@code kernel/cgroup.c}: CGROUP_LOCAL_BUFFER_SIZE is 64, and strings need room for one more
   * NUL. Files of the blkio controller ask for 256: {@code max_write_len}.
   */
  public static final WriteLengths CGROUP_LOCAL_BUFFER =
      new WriteLengths(62, 255, 63, 4095, Integer.MAX_VALUE, Integer.MAX_VALUE);

  /** {@code fs/kernfs/file.c kernfs_fop_write_iter}: a page. */
  public static final WriteLengths KERNFS = new WriteLengths(4096, 4096, 4096, 4095, 4096, 4096);
}
