/** Tests of {@code memcg.counter}. */
@NullMarked
package io.github.vcgroupfs.memcg.counter;

import org.jspecify.annotations.NullMarked;
