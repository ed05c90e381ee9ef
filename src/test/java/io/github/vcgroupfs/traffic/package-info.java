/** Tests of the simulated traffic, on virtual time but for one. */
@NullMarked
package io.github.vcgroupfs.traffic;

import org.jspecify.annotations.NullMarked;
