/**
 * Tests of the perf_event controller. What its files answer is compared with kernels in {@code
 * referee}.
 */
package io.github.vcgroupfs.perfevent;
