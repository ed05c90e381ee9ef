/** Tests of simulated traffic, on virtual time but for one, and of relays. */
@NullMarked
package io.github.vcgroupfs.traffic;

import org.jspecify.annotations.NullMarked;
