/** Tests of the freezer. What its files answer is compared with kernels in {@code referee}. */
package io.github.vcgroupfs.freezer;
