package io.github.vcgroupfs.cgroupfs.file;

/**
 * For a name that can be neither read nor written: a folder, or a file that only registrations for
 * events name.
 */
public final class NameOnlyHandler implements Handler {}
