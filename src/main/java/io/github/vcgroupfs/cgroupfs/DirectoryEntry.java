package io.github.vcgroupfs.cgroupfs;

/**
 * A name in a directory. Immutable.
 *
 * @param name one char a byte
 * @param ino as in {@link Attributes}
 * @param directory whether it is a group
 */
public record DirectoryEntry(String name, long ino, boolean directory) {}
