/**
 * What tests of a real mount share: the daemon as a process, bounded runs of the program, and
 * system calls with their exact errno.
 *
 * <p><b>Start here:</b> {@code MountTest}, the annotation of such a test; {@code MountedFs}; {@code
 * Syscalls}.
 *
 * <p><b>Deadlocks:</b> the mount is served by another process, so a test may use it from its own
 * threads. All descriptors must be closed before {@code MountedFs.close}.
 */
package io.github.vcgroupfs.testing;
