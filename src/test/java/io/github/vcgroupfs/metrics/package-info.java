/** Tests of what Prometheus gets. */
@NullMarked
package io.github.vcgroupfs.metrics;

import org.jspecify.annotations.NullMarked;
