package io.github.vcgroupfs.cgroupfs;

/** What {@code st_size} of a control file is. */
public enum SizeMode {
  /** The length of the text of now, so that readers that stop at st_size work: busybox cat. */
  EXACT,
  /** As in the kernel: 0, or what truncate made of it where it makes something of it. */
  ZERO
}
