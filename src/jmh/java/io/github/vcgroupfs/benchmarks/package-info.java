/** Benchmarks. Each has a baseline twin in the same run, so that one run gives a ratio. */
@NullMarked
package io.github.vcgroupfs.benchmarks;

import org.jspecify.annotations.NullMarked;
