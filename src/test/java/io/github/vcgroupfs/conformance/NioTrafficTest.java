package io.github.vcgroupfs.conformance;

/** The rulings that need sockets, over {@code java.nio}. */
class NioTrafficTest extends LwnTrafficSuite {
  @Override
  CgroupMount newMount(CgroupMount.Options options) {
    return new NioMount(options);
  }
}
