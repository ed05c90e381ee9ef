package io.github.vcgroupfs.cgroup;

/**
 * A block device of the machine.
 *
 * @param partition whether it is a part of a disk, for which a kernel takes no rules
 * @param scheduler the I/O scheduler that is in use, such as {@code bfq}; empty if none is known
 */
public record BlockDevice(boolean partition, String scheduler) {}
