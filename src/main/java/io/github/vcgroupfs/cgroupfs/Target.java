package io.github.vcgroupfs.cgroupfs;

import io.github.vcgroupfs.kernel.Caller;
import io.github.vcgroupfs.memcg.Hierarchy;
import io.github.vcgroupfs.memcg.MemCgroup;

/**
 * What a handler works on.
 *
 * @param tree the hierarchy
 * @param group whose file it is
 * @param caller who reads or writes
 */
record Target(Hierarchy tree, MemCgroup group, Caller caller) {}
