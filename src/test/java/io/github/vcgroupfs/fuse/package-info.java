/** Tests of the adapter and of the life of a mount; {@code *IT} use a real one. */
package io.github.vcgroupfs.fuse;
