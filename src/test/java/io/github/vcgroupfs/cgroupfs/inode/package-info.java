/** Tests of inode numbers. */
package io.github.vcgroupfs.cgroupfs.inode;
