package io.github.vcgroupfs.cgroupfs;

/**
 * A control file as it stands in the directories of a mount. Immutable.
 *
 * @param name in the directory
 * @param row what it is
 * @param index unique among the names of a mount: the lower byte of the inode number
 * @param mode permission bits
 * @param writable whether a write can do anything but fail
 */
record VisibleFile(String name, ControlFile row, int index, int mode, boolean writable) {}
