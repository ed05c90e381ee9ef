package io.github.vcgroupfs.conformance;

/** The suite over {@code java.nio}. */
class NioConformanceTest extends ConformanceSuite {
  @Override
  CgroupMount newMount(CgroupMount.Options options) {
    return new NioMount(options);
  }
}
