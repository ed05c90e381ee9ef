package io.github.vcgroupfs.conformance;

/** The rulings without FUSE. */
class MemoryRulingsTest extends LwnRulingsSuite {
  @Override
  CgroupMount newMount(CgroupMount.Options options) {
    return new MemoryMount(options);
  }
}
