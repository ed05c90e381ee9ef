/**
 * Tests of the cpuacct controller. What its files answer is compared with kernels in {@code
 * referee}.
 */
package io.github.vcgroupfs.cpuacct;
