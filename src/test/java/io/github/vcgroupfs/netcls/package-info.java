/**
 * Tests of the net_cls controller. What its files answer is compared with kernels in {@code
 * referee}.
 */
package io.github.vcgroupfs.netcls;
