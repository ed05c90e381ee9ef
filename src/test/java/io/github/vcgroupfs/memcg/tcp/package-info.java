/** Tests of {@code memcg.tcp}. */
@NullMarked
package io.github.vcgroupfs.memcg.tcp;

import org.jspecify.annotations.NullMarked;
