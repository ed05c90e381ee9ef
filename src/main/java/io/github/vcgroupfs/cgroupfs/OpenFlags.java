package io.github.vcgroupfs.cgroupfs;

/**
 * The flags of open(2) that matter here. Immutable.
 *
 * @param truncate O_TRUNC
 * @param direct O_DIRECT
 */
public record OpenFlags(boolean truncate, boolean direct) {}
