/** Tests of calls that are made to fail. */
package io.github.vcgroupfs.cgroupfs.fault;
