package io.github.vcgroupfs.conformance;

/** The rulings that need sockets, without FUSE. */
class MemoryTrafficTest extends LwnTrafficSuite {
  @Override
  CgroupMount newMount(CgroupMount.Options options) {
    return new MemoryMount(options);
  }
}
