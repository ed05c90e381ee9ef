package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.cgroupfs.inode.FileType;

/**
 * A name in a directory. Immutable.
 *
 * @param name one char a byte
 * @param ino as in {@link Attributes}
 * @param type what it is
 */
public record DirectoryEntry(String name, long ino, FileType type) {}
