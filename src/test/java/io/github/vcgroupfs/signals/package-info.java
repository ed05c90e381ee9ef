/** Tests of stopping real and made-up processes. */
package io.github.vcgroupfs.signals;
