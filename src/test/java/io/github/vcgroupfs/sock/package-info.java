/** Tests of the per-socket accounting. */
@NullMarked
package io.github.vcgroupfs.sock;

import org.jspecify.annotations.NullMarked;
