/** Tests of the filter and of the listener, with real processes. */
package io.github.vcgroupfs.seccomp;
