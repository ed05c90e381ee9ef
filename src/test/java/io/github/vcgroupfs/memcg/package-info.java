/**
 * Tests of the model without files. {@link io.github.vcgroupfs.memcg.ModelInvariants} is what must
 * hold of every hierarchy at rest; {@link io.github.vcgroupfs.memcg.MemoryTrees} checks it after
 * each test that used one.
 */
package io.github.vcgroupfs.memcg;
