package io.github.vcgroupfs.kernel;

/**
 * The longest write a control file takes; one byte more is E2BIG. All in bytes.
 *
 * @param maxStringBytes limits and event registrations
 * @param maxIntegerBytes flags and numbers
 * @param maxPathBytes {@code release_agent}
 * @param maxResetBytes files whose content is not looked at
 */
public record WriteLengths(
    int maxStringBytes, int maxIntegerBytes, int maxPathBytes, int maxResetBytes) {

  /** {@code kernel/cgroup.c}: CGROUP_LOCAL_BUFFER_SIZE is 64, strings need room for a NUL more. */
  public static final WriteLengths CGROUP_LOCAL_BUFFER =
      new WriteLengths(62, 63, 4095, Integer.MAX_VALUE);

  /** {@code fs/kernfs/file.c kernfs_fop_write_iter}: a page. */
  public static final WriteLengths KERNFS = new WriteLengths(4096, 4096, 4095, 4096);
}
