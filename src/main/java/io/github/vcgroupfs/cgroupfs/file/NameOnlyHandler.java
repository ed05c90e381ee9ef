package io.github.vcgroupfs.cgroupfs.file;

/** Behind a name that cannot be read or written: a folder, or a file that is only registered. */
public final class NameOnlyHandler implements Handler {}
