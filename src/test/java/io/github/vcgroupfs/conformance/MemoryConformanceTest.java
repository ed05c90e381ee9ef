package io.github.vcgroupfs.conformance;

/** The suite without FUSE. */
class MemoryConformanceTest extends ConformanceSuite {
  @Override
  CgroupMount newMount(CgroupMount.Options options) {
    return new MemoryMount(options);
  }
}
