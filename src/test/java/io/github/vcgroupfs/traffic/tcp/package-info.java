/** Tests of the TCP model. */
@NullMarked
package io.github.vcgroupfs.traffic.tcp;

import org.jspecify.annotations.NullMarked;
