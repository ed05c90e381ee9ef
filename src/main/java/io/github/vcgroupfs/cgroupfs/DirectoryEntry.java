package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroupfs.inode.FileType;

/**
 * One name in a directory. Immutable.
 *
 * @param name one char for each byte
 * @param ino the inode number, as in {@link io.github.vcgroupfs.cgroupfs.inode.Attributes}
 * @param type whether it is a directory, a file or a link
 */
public record DirectoryEntry(String name, long ino, FileType type) {}
