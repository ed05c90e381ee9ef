/**
 * Tests of the net_prio controller. What its files answer is compared with kernels in {@code
 * referee}.
 */
package io.github.vcgroupfs.netprio;
