/** Tests of scenarios on virtual time. */
@NullMarked
package io.github.vcgroupfs.simulate;

import org.jspecify.annotations.NullMarked;
