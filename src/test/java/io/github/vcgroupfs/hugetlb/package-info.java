/**
 * Tests of the hugetlb controller. What its files answer is compared with kernels in {@code
 * referee}.
 */
package io.github.vcgroupfs.hugetlb;
