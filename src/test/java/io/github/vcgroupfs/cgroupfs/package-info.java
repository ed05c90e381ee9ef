/**
 * Tests that need the inside of the file system: the table of control files and the documents made
 * from it, handles and attributes, threads, memory. What can be said through system calls alone is
 * in {@code conformance}.
 */
package io.github.vcgroupfs.cgroupfs;
