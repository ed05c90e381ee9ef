package io.github.vcgroupfs.cgroupfs;

/** What {@code st_size} of a control file is. */
public enum SizeMode {
  /**
   * The length of the text at this moment. Programs that stop reading at st_size need this: busybox
   * cat.
   */
  EXACT,
  /**
   * What the kernel shows: 0. In kernels where {@code truncate} changes the size, what it was set
   * to.
   */
  ZERO
}
